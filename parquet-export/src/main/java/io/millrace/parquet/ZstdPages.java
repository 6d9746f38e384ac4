package io.millrace.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages with the Kafka client's Zstandard: Parquet's own way to it needs all of Hadoop. */
final class ZstdPages implements CompressionCodecFactory {
    static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;
    private static final int LEVEL = 3;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CODEC) {
            throw new IllegalArgumentException("pages are compressed with " + CODEC + ", not with " + codec);
        }
        return new Compressor();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("files are written here, not read");
    }

    @Override
    public void release() {
        // holds nothing
    }

    private static final class Compressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            try (var in = page.toInputStream()) {
                return BytesInput.from(Zstd.compress(in.readAllBytes(), LEVEL));
            }
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CODEC;
        }

        @Override
        public void release() {
            // holds nothing
        }
    }
}
