package dev.tcplay.cli.help;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** Examples of commands, by how each is called behind {@code tcplay}. */
final class Examples {

  private static final Map<String, List<String>> LINES =
      Map.ofEntries(
          entry(
              "",
              List.of(
                  "tcplay create --size 20M letters.hc",
                  "tcplay put letters.hc ~/letters /",
                  "tcplay ls -lh letters.hc",
                  "tcplay help get")),
          entry(
              "create",
              List.of(
                  "tcplay create --size 20M letters.hc",
                  "tcplay create --size 2G --hidden-size 500M letters.hc",
                  "tcplay create --hidden --size max letters.hc")),
          entry("format", List.of("tcplay format --type exfat --label LETTERS letters.hc")),
          entry(
              "check",
              List.of(
                  "tcplay check letters.hc", "tcplay check --repair --keep-lost /lost letters.hc")),
          entry(
              "info",
              List.of(
                  "tcplay info letters.hc",
                  "tcplay info --hash sha512 --pim 485 --json letters.hc")),
          entry(
              "verify", List.of("tcplay verify --password-command 'pass show letters' letters.hc")),
          entry(
              "passwd",
              List.of(
                  "tcplay passwd letters.hc",
                  "tcplay passwd --new-hash sha512 --new-pim 600 letters.hc")),
          entry("header", List.of("tcplay header backup letters.hc letters.header")),
          entry("header info", List.of("tcplay header info letters.hc")),
          entry("header backup", List.of("tcplay header backup letters.hc letters.header")),
          entry(
              "header restore",
              List.of(
                  "tcplay header restore letters.hc",
                  "tcplay header restore --from letters.header letters.hc")),
          entry("header key", List.of("tcplay header key --to letters.key letters.hc")),
          entry("keyfile", List.of("tcplay keyfile create my.key")),
          entry("keyfile create", List.of("tcplay keyfile create --size 1K my.key")),
          entry("keyfile check", List.of("tcplay keyfile check my.key photos")),
          entry("expand", List.of("tcplay expand --size 40M letters.hc")),
          entry("ls", List.of("tcplay ls -lh letters.hc", "tcplay ls -R letters.hc /2024")),
          entry(
              "find",
              List.of(
                  "tcplay find letters.hc '*.txt'",
                  "tcplay find --type f -lh letters.hc '2024/**/*.pdf' '/2023/*'")),
          entry("df", List.of("tcplay df -h letters.hc")),
          entry("cat", List.of("tcplay cat letters.hc 2024/to-anna.txt")),
          entry(
              "get",
              List.of("tcplay get letters.hc /2024 .", "tcplay get --no-times letters.hc / copy")),
          entry("put", List.of("tcplay put letters.hc ~/letters/2024 /")),
          entry("mkdir", List.of("tcplay mkdir -p letters.hc 2024/drafts")),
          entry("rm", List.of("tcplay rm -r letters.hc 2024/drafts")),
          entry("mv", List.of("tcplay mv letters.hc drafts/to-anna.txt 2024")),
          entry("cp", List.of("tcplay cp -r letters.hc 2024 2025")),
          entry("touch", List.of("tcplay touch --time 2024-05-06T07:08 letters.hc new.txt")),
          entry("label", List.of("tcplay label letters.hc LETTERS")),
          entry(
              "export",
              List.of("tcplay export letters.hc letters.img", "tcplay export letters.hc - | xz")),
          entry("import", List.of("tcplay import letters.hc letters.img")),
          entry("sha256", List.of("tcplay sha256 letters.hc 2024")),
          entry(
              "mount",
              List.of(
                  "tcplay mount letters.hc ~/letters",
                  "tcplay mount --background --read-only --serve sftp letters.hc ~/letters")),
          entry("unmount", List.of("tcplay unmount ~/letters", "tcplay unmount --all")),
          entry("serve", List.of("tcplay serve webdav letters.hc")),
          entry(
              "serve sftp",
              List.of(
                  "tcplay serve sftp letters.hc",
                  "tcplay serve sftp --authorized-keys anna.pub letters.hc")),
          entry(
              "serve webdav",
              List.of(
                  "tcplay serve webdav letters.hc",
                  "tcplay serve webdav --listen 0.0.0.0:8443 --tls-certificates pki letters.hc")),
          entry("serve http", List.of("tcplay serve http --background letters.hc")),
          entry(
              "map",
              List.of(
                  "tcplay map letters letters.hc",
                  "tcplay map --background --read-only letters letters.hc")),
          entry("unmap", List.of("tcplay unmap letters", "tcplay unmap --all")),
          entry("status", List.of("tcplay status --json letters")),
          entry("list", List.of("tcplay list")),
          entry("table", List.of("tcplay table letters.hc --name letters --device /dev/loop0")),
          entry("exec", List.of("tcplay exec tools.hc -cp /lib/tool.jar com.example.Tool --help")),
          entry("cryptdisks", List.of("tcplay cryptdisks start --dialect debian letters")),
          entry("cryptdisks start", List.of("tcplay cryptdisks start --dialect debian letters")),
          entry("cryptdisks stop", List.of("tcplay cryptdisks stop --dialect debian letters")),
          entry("cryptdisks status", List.of("tcplay cryptdisks status --dialect debian")),
          entry("selftest", List.of("tcplay selftest")),
          entry("benchmark", List.of("tcplay benchmark --only AES-Twofish-Serpent --seconds 2")),
          entry("help", List.of("tcplay help header backup")),
          entry(
              "completion",
              List.of(
                  "source <(tcplay completion bash)",
                  "tcplay completion fish > ~/.config/fish/completions/tcplay.fish")),
          entry("man", List.of("tcplay man ls > tcplay-ls.1 && man -l tcplay-ls.1")));

  private Examples() {}

  /** Returns the examples of a command, none where there is nothing to show. */
  static List<String> of(String command) {
    return LINES.getOrDefault(command, List.of());
  }
}
