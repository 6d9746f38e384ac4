package io.millrace.edge.http;

import io.millrace.edge.protocol.CloseCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Looks at frames before Undertow does, which answers unmasked control frames and waits for payloads of any length that
 * is announced. When one is wrong the session is closed; what comes after that is taken and dropped, so that the close
 * frame is not lost in a reset. Used by the connection's I/O thread only.
 */
final class GuardedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final FrameHeads heads = new FrameHeads();
    private @Nullable IntSupplier maxFrameBytes;
    private @Nullable Consumer<CloseCode> close;
    private boolean over;

    GuardedSource(StreamSourceConduit next) {
        super(next);
    }

    /**
     * Before the first read.
     *
     * @param most bytes of a frame's payload
     * @param closes ends the connection with that code
     */
    void watch(IntSupplier most, Consumer<CloseCode> closes) {
        maxFrameBytes = most;
        close = closes;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int start = to.position();
        int count = super.read(to);
        if (count <= 0 || maxFrameBytes == null || close == null) {
            return count;
        }
        if (!over) {
            var wrong = heads.scan(to.duplicate().position(start).limit(start + count), maxFrameBytes.getAsInt());
            if (wrong != null) {
                over = true;
                close.accept(wrong);
            }
        }
        if (over) {
            to.position(start);
            return 0;
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (to[i].hasRemaining()) {
                return read(to[i]);
            }
        }
        return 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) {
        throw new UnsupportedOperationException("frames are read into buffers");
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) {
        throw new UnsupportedOperationException("frames are read into buffers");
    }
}
