package io.millrace.timeline.cassandra;

import com.datastax.driver.core.RemoteEndpointAwareJdkSSLOptions;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Has each node's certificate name the address that the node was reached by, which the driver leaves to us. */
@SuppressWarnings("deprecation") // the constructor that takes a context is the driver's own way to extend it
final class NodeTls extends RemoteEndpointAwareJdkSSLOptions {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext tls;
    private final boolean verifyHost;

    NodeTls(SSLContext tls, boolean verifyHost) {
        super(tls, null);
        this.tls = tls;
        this.verifyHost = verifyHost;
    }

    @Override
    protected SSLEngine newSSLEngine(SocketChannel channel, InetSocketAddress node) {
        // The name as it was given: what a reverse look-up says of an address proves nothing.
        var engine = tls.createSSLEngine(node.getHostString(), node.getPort());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (verifyHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
