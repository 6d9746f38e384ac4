package io.millrace.router.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds what RocksDB takes over all stores of the process: one block cache, and write buffers that are charged to it.
 *
 * @see <a href="https://kafka.apache.org/documentation/streams/developer-guide/memory-mgmt.html">memory management</a>
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
    /** Setting: bytes of RocksDB over all stores. */
    public static final String BYTES = "millrace.store.memory.bytes";

    private static @Nullable Cache cache;
    private static @Nullable WriteBufferManager buffers;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = configs.get(BYTES) instanceof Number n ? n.longValue() : 48L << 20;
        synchronized (RocksDbMemory.class) {
            if (cache == null) {
                cache = new LRUCache(bytes, -1, false, 0.1);
                buffers = new WriteBufferManager(bytes / 2, cache);
            }
            options.setWriteBufferManager(buffers);
            if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
                table.setBlockCache(cache);
                table.setCacheIndexAndFilterBlocks(true);
                table.setCacheIndexAndFilterBlocksWithHighPriority(true);
                table.setPinTopLevelIndexAndFilter(true);
                options.setTableFormatConfig(table);
            }
        }
        options.setMaxWriteBufferNumber(2);
        options.setWriteBufferSize(4L << 20);
        // A store that was written to once takes a block: of the usual 512 KiB a hundred stores have no room together,
        // and
        // what was just written is flushed to make some, all the time.
        options.setArenaBlockSize(32L << 10);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and write buffers are shared by all stores and live as long as the process.
    }
}
