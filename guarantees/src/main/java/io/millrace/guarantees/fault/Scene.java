package io.millrace.guarantees.fault;

import io.millrace.guarantees.net.FrontDoor;
import io.millrace.guarantees.workload.Fleet;
import io.millrace.guarantees.workload.Pace;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.services.Services;
import java.util.List;
import java.util.Random;

/** Everything a fault may break. */
public record Scene(LocalStack stack, List<FrontDoor> doors, Fleet fleet, Pace pace, Random random) {
    public Scene {
        doors = List.copyOf(doors);
    }

    /** One of the edges. */
    String someEdge() {
        return "edge-" + (1 + random.nextInt(stack.options().edges()));
    }

    /** One of the routers. */
    String someRouter() {
        return Services.router(1 + random.nextInt(stack.options().routers()));
    }

    FrontDoor someDoor() {
        return doors.get(random.nextInt(doors.size()));
    }
}
