package io.millrace.router;

import io.millrace.router.rebuild.StateRebuild;
import io.millrace.service.lifecycle.RefusedToStartException;
import io.millrace.service.lifecycle.ServiceMain;
import java.util.List;

/**
 * Starts the router: {@code --config FILE.yaml}. With {@code rebuild-state} before it, and every router stopped, makes the
 * changelogs again from the public topics instead.
 */
public final class RouterMain {
    private static final String REBUILD_STATE = "rebuild-state";

    private RouterMain() {}

    public static void main(String[] args) {
        var arguments = List.of(args);
        if (!arguments.isEmpty() && arguments.get(0).equals(REBUILD_STATE)) {
            ServiceMain.runTask(
                    "router",
                    RouterConfig.class,
                    arguments.subList(1, arguments.size()),
                    config -> "state rebuilt: " + new StateRebuild(live(config)).run()
                            + " changelog records; start the router");
        } else {
            ServiceMain.run("router", RouterConfig.class, args, RouterApplication::new);
        }
    }

    /** A shadow's settings must not bring the live state into question. */
    private static RouterConfig live(RouterConfig config) {
        if (config.shadow().names().isShadow()) {
            throw new RefusedToStartException("these are the settings of a shadow, and rebuild-state is about the live"
                    + " router; a shadow is dropped and begins again: ./millrace replay shadow drop NAME");
        }
        return config;
    }
}
