package dev.tcplay.cli;

import dev.tcplay.cli.tty.TerminalDevice;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the terminal of this process: by the console where the virtual machine has
 * one, else, where a standard stream is redirected, by the terminal's device.
 */
final class SystemPrompt implements PasswordPrompt {

  private final @Nullable Console console;
  private final TerminalDevice device = new TerminalDevice();

  SystemPrompt(@Nullable Console console) {
    this.console = console;
  }

  @Override
  public char @Nullable [] ask(String question) {
    String visible = Names.visible(question);
    if (console == null) {
      return device.ask(visible);
    }
    RunningCommand.setMidLine(true);
    try {
      return console.readPassword("%s: ", visible);
    } finally {
      RunningCommand.setMidLine(false);
    }
  }

  @Override
  public void leave() {
    device.leave();
  }

  @Override
  public PasswordPrompt whereInputIsTerminal() {
    return console != null || TerminalDevice.isStandardInput() ? this : question -> null;
  }
}
