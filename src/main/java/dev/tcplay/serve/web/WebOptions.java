package dev.tcplay.serve.web;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * What a server by HTTP was made from.
 *
 * @param tree the directory that clients see as the root
 * @param address where it listens; port 0 is a free one
 * @param tls what clients are to speak, if they are
 * @param login with which they come in; without one, a token of the address lets them in
 * @param names by which clients may call the host, besides its address
 */
record WebOptions(
    Path tree,
    InetSocketAddress address,
    Optional<SSLContext> tls,
    Optional<Login> login,
    Set<String> names) {}
