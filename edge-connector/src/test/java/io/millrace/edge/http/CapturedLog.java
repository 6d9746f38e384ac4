package io.millrace.edge.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open: of our own on every level, of libraries as a service logs it. */
final class CapturedLog implements AutoCloseable {
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.millrace");
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs()
                    + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    };

    CapturedLog() {
        appender.start();
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        ours.addAppender(appender);
        root.addAppender(appender);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        ours.detachAppender(appender);
        ours.setAdditive(true);
        ours.setLevel(null);
    }
}
