package dev.tcplay.serve.web;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Types of contents by the endings of names, the same on every system; the registered ones where
 * there are. Nobody knows the character set of a file, so none is named.
 */
public final class MediaTypes {

  private static final String UNKNOWN = "application/octet-stream";

  /** A type, and the endings that have it. */
  private static final String TABLE =
      """
      application/epub+zip epub
      application/gzip gz tgz
      application/java-archive jar
      application/json json map
      application/msword doc dot
      application/pdf pdf
      application/pgp-encrypted gpg pgp
      application/pgp-signature sig
      application/rtf rtf
      application/vnd.android.package-archive apk
      application/vnd.ms-excel xls
      application/vnd.ms-powerpoint ppt
      application/vnd.oasis.opendocument.presentation odp
      application/vnd.oasis.opendocument.spreadsheet ods
      application/vnd.oasis.opendocument.text odt
      application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
      application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
      application/vnd.rar rar
      application/vnd.sqlite3 sqlite sqlite3 db
      application/wasm wasm
      application/x-7z-compressed 7z
      application/x-bzip2 bz2
      application/x-tar tar
      application/x-xz xz
      application/xhtml+xml xhtml
      application/zip zip
      application/zstd zst
      audio/aac aac
      audio/flac flac
      audio/midi mid midi
      audio/mp4 m4a
      audio/mpeg mp3
      audio/ogg oga ogg opus
      audio/wav wav
      font/otf otf
      font/ttf ttf
      font/woff woff
      font/woff2 woff2
      image/avif avif
      image/bmp bmp
      image/gif gif
      image/heic heic
      image/heif heif
      image/jpeg jpg jpeg jpe
      image/jxl jxl
      image/png png
      image/svg+xml svg
      image/tiff tif tiff
      image/vnd.adobe.photoshop psd
      image/vnd.microsoft.icon ico
      image/webp webp
      message/rfc822 eml mht mhtml
      text/calendar ics
      text/css css
      text/csv csv
      text/html html htm
      text/javascript js mjs
      text/markdown md markdown
      text/plain txt text log conf cfg ini c h cc cpp hpp java kt py rb rs go sh bat ps1 sql yaml yml toml
      text/vcard vcf
      text/xml xml xsl xsd
      video/3gpp 3gp
      video/matroska mkv
      video/mp2t ts m2ts
      video/mp4 mp4 m4v
      video/mpeg mpg mpeg
      video/ogg ogv
      video/quicktime mov
      video/webm webm
      video/x-ms-wmv wmv
      video/x-msvideo avi
      """;

  private static final Map<String, String> BY_ENDING = read();

  private MediaTypes() {}

  /** Returns the type of a file by its name; that of any bytes if the ending is not known. */
  public static String of(Path name) {
    String text = name.toString();
    int dot = text.lastIndexOf('.');
    return BY_ENDING.getOrDefault(text.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
  }

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    for (String line : TABLE.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        types.put(words[i], words[0]);
      }
    }
    return Map.copyOf(types);
  }
}
