package dev.tcplay.partition;

import java.util.Map;
import java.util.Set;

/** The GUIDs that say in a GPT what a partition is for. */
final class GptTypes {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "EFI system"),
          Map.entry("21686148-6449-6E6F-744E-656564454649", "BIOS boot"),
          Map.entry("E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"),
          Map.entry("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Microsoft basic data"),
          Map.entry("5808C8AA-7E8F-42E0-85D2-E1E90434CFB3", "Microsoft LDM metadata"),
          Map.entry("AF9B60A0-1431-4F62-BC68-3311714A69AD", "Microsoft LDM data"),
          Map.entry("DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", "Windows recovery"),
          Map.entry("0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux filesystem"),
          Map.entry("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"),
          Map.entry("E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"),
          Map.entry("A19D880F-05FC-4D3B-A006-743F0F84911E", "Linux RAID"),
          Map.entry("933AC7E1-2EB4-4F13-B844-0E14E2AEF915", "Linux home"),
          Map.entry("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux root (x86-64)"),
          Map.entry("B921B045-1DF0-41C3-AF44-4C6F280D3FAE", "Linux root (ARM-64)"),
          Map.entry("BC13C2FF-59E6-4262-A352-B275FD6F7172", "Linux extended boot"),
          Map.entry("516E7CB6-6ECF-11D6-8FF8-00022D09712B", "FreeBSD UFS"),
          Map.entry("48465300-0000-11AA-AA11-00306543ECAC", "Apple HFS/HFS+"),
          Map.entry("7C3457EF-0000-11AA-AA11-00306543ECAC", "Apple APFS"));

  private GptTypes() {}

  /** Returns the GUIDs that have names. */
  static Set<String> guids() {
    return NAMES.keySet();
  }

  /** Returns the name of a type, or its GUID if it has none here. */
  static String name(String guid) {
    return NAMES.getOrDefault(guid, guid);
  }
}
