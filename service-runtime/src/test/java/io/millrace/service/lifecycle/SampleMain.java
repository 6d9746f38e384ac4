package io.millrace.service.lifecycle;

/** A service that says what happens to it; {@code mode} makes it fail in the ways a service can. */
public final class SampleMain {
    record Settings(String mode) {
        Settings {
            mode = mode == null ? "good" : mode;
        }
    }

    private SampleMain() {}

    public static void main(String[] args) {
        ServiceMain.run("sample", Settings.class, args, settings -> new Service() {
            @Override
            public void start() throws Exception {
                switch (settings.mode()) {
                    case "refuse" -> throw new RefusedToStartException("the changelog is gone, run rebuild-state");
                    case "fail" -> throw new IllegalStateException("broken");
                    case "thread" ->
                        new Thread(() -> {
                                    throw new IllegalStateException("lost");
                                })
                                .start();
                    default -> System.out.println("STARTED");
                }
            }

            @Override
            public boolean isLive() {
                return !settings.mode().equals("dead");
            }

            @Override
            public void close() {
                System.out.println("CLOSED");
            }
        });
    }
}
