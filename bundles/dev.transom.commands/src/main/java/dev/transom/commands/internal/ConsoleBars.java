package dev.transom.commands.internal;

import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.osgi.service.component.annotations.Component;

/** Draws progress bars on a session's error stream, if a person watches it. */
@Component
public final class ConsoleBars implements Progress.Bars {

    @Override
    public Progress start(Session session, String label, String unit, long total) {
        return session.interactive() ? new Bar(session, label, unit, total) : new Nothing();
    }

    private record Nothing() implements Progress {
        @Override
        public void to(long done) {}

        @Override
        public void close() {}
    }

    private static final class Bar implements Progress {

        private final ProgressBar bar;

        Bar(Session session, String label, String unit, long total) {
            bar = new ProgressBarBuilder()
                    .setTaskName(label)
                    .setUnit(unit, 1)
                    .setInitialMax(total)
                    .setUpdateIntervalMillis(200)
                    .setStyle(ProgressBarStyle.ASCII)
                    .clearDisplayOnFinish()
                    .setConsumer(new SessionConsumer(session))
                    .build();
        }

        @Override
        public void to(long done) {
            bar.stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private record SessionConsumer(Session session) implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return session.columns() - 1;
        }

        @Override
        public void accept(String drawn) {
            session.err().print('\r' + drawn);
            session.err().flush();
        }

        @Override
        public void clear() {
            session.err().print('\r' + " ".repeat(getMaxRenderedLength()) + '\r');
            session.err().flush();
        }

        @Override
        public void close() {
            session.err().flush();
        }
    }
}
