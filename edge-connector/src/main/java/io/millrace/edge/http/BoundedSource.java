package io.millrace.edge.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A request's body whose length was not announced, up to a bound; reading on fails, which ends the connection. Undertow
 * bounds such a body too, but prints a stack trace for each, so its own bound is off. One thread at a time.
 */
final class BoundedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private long left;

    BoundedSource(StreamSourceConduit next, long maxBytes) {
        super(next);
        left = maxBytes;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return (int) counted(super.read(to));
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        return counted(super.read(to, offset, length));
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return counted(super.transferTo(position, count, target));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return counted(super.transferTo(count, through, target));
    }

    private long counted(long bytes) throws IOException {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw new IOException("the request is too large");
        }
        return bytes;
    }
}
