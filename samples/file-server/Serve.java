import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import dev.tcplay.Tcplay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystem;
import java.nio.file.Path;

/** Shows a container to a browser on this machine, until Enter is pressed. JDK 18 or newer. */
final class Serve {
  public static void main(String[] arguments) throws Exception {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8000;
    var opener = Tcplay.open(Path.of("samples/demo.hc")).passwordFile(Path.of("samples/demo.password"));
    try (FileSystem volume = opener.pim(1).readOnly(true).mount()) {
      // The loopback address: other machines see nothing, other users of this one do.
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer server = SimpleFileServer.createFileServer(address, volume.getPath("/"), OutputLevel.NONE);
      server.start();
      System.out.println("http://localhost:" + server.getAddress().getPort() + "/");
      System.in.read();
      server.stop(0);
    }
  }
}
