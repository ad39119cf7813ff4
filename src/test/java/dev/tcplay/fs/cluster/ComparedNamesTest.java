package dev.tcplay.fs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparedNamesTest {

  private static final long MOST_MEMORY = 13 << 20;

  @Test
  void theNamesOfAllDirectoriesTogetherTakeNoMoreMemoryThanIsStated() {
    NameBudget budget = new NameBudget();
    List<ComparedNames> open = new ArrayList<>();
    for (int directory = 0; directory < 100; directory++) {
      ComparedNames names = new ComparedNames(budget);
      open.add(names);
      // Just behind where a table grows, so that it is as empty as it can be.
      for (int i = 0; i <= 1 << 12; i++) {
        assertTrue(names.add("name " + i, i));
      }
    }
    long memory = open.stream().mapToLong(ComparedNames::memory).sum();
    assertTrue(memory <= MOST_MEMORY, () -> memory + " bytes");
    assertFalse(open.get(0).add("name 7", 5000));
    assertTrue(open.get(99).add("name 7", 5000), "it was left out");
    List<String> told = new ArrayList<>();
    Findings findings = new Findings(finding -> told.add(finding.kind()));
    budget.report(findings);
    assertEquals(List.of(NameBudget.NOT_COMPARED), told);
  }

  @Test
  void namesThatWereNotComparedKeepNoRepairFromCallingAVolumeSound() {
    Finding finding = new Finding(NameBudget.NOT_COMPARED, Optional.empty(), "");
    Finding other = new Finding("dirty", Optional.empty(), "");
    assertEquals(Set.of("dirty"), RepairReport.kinds(List.of(finding, other)));
  }

  @Test
  void aDirectoryThatWasSeenLeavesItsRoomToOthers() {
    NameBudget budget = new NameBudget();
    for (int directory = 0; directory < 3; directory++) {
      ComparedNames names = new ComparedNames(budget);
      for (int i = 0; i < NameBudget.MOST; i++) {
        names.add("name " + i, i);
      }
      assertFalse(names.add("name " + (NameBudget.MOST - 1), 0));
      names.clear();
    }
    budget.report(new Findings(finding -> assertEquals(null, finding)));
  }
}
