package io.millrace.guarantees.workload;

import io.millrace.client.MillraceClient;
import io.millrace.client.outbox.Command;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.workload.Handset.Asked;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All users with their devices and groups, and the next thing that one of them does. {@link #act} is for one thread. */
public final class Fleet implements AutoCloseable {
    private static final List<String> USERS = List.of("ann", "ben", "cleo", "dan", "eve", "finn");
    private static final int MOST_DEVICES = 3;
    private static final int LONG_TEXT = 6_000;
    private static final int HASTE = 3;
    private static final Duration OPENING = Duration.ofMinutes(1);

    private final Random random;
    private final Recorder recorder;
    private final GroupDesk desk;
    private final Seen seen = new Seen();
    private final Map<String, List<Handset>> devices = new TreeMap<>();
    private final List<Handset> all = new ArrayList<>();
    private final Map<String, TreeSet<String>> groups = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();

    /** @param doors origins; every device has one of them */
    public Fleet(long seed, List<URI> doors, Recorder recorder) {
        this.random = new Random(seed);
        this.recorder = recorder;
        this.desk = new GroupDesk(recorder, doors.get(0));
        for (String user : USERS) {
            var own = new ArrayList<Handset>();
            int count = 1 + random.nextInt(MOST_DEVICES);
            for (int i = 1; i <= count; i++) {
                var door = doors.get(all.size() % doors.size());
                own.add(new Handset(user, "device-" + i, door, recorder, new Learns()));
                all.add(own.get(i - 1));
            }
            devices.put(user, own);
        }
    }

    /** Switches every device on and makes the groups. */
    public void start() throws InterruptedException {
        all.forEach(Handset::start);
        if (!awaitOpen()) {
            throw new IllegalStateException("not every device has a session: "
                    + all.stream().filter(device -> !device.isOpen()).toList());
        }
        for (int i = 0; i < 2; i++) {
            var owner = USERS.get(i);
            var members = USERS.subList(i, i + 4);
            var group = desk.create(owner, members.subList(1, members.size()));
            groups.put(group, new TreeSet<>(members));
            owners.put(group, owner);
        }
    }

    private boolean awaitOpen() throws InterruptedException {
        long deadline = System.nanoTime() + OPENING.toNanos();
        while (!isOpen() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return isOpen();
    }

    public List<String> users() {
        return USERS;
    }

    public List<Handset> devices() {
        return all;
    }

    /** Whether every device is on and has a session. */
    public boolean isOpen() {
        return all.stream().allMatch(Handset::isOpen);
    }

    /** Whether everything that was asked up to that operation is decided, on devices. */
    public boolean isDecidedThrough(long op) {
        return all.stream().allMatch(device -> device.isDecidedThrough(op));
    }

    /** What is not decided, of devices and over HTTP. */
    public int undecided() {
        return desk.waiting() + all.stream().mapToInt(Handset::undecided).sum();
    }

    /** Somebody does something. */
    public void act() {
        var user = pick(USERS);
        var device = pick(devices.getOrDefault(user, List.of()));
        int draw = random.nextInt(100);
        if (draw < 48) {
            say(device, Recipient.user(other(user, random)));
        } else if (draw < 74) {
            // Also by those who are no members, or no longer: they have to be refused.
            say(device, Recipient.conversation(pick(List.copyOf(groups.keySet()))));
        } else if (draw < 84) {
            read(device);
        } else if (draw < 91) {
            edit(device);
        } else if (draw < 95) {
            recall(device);
        } else if (draw < 98) {
            sayTwice(device);
        } else {
            changeMembers();
        }
    }

    /** Gives a device something in hand; from any thread. */
    public void hurry(Handset device, Random with) {
        for (int i = 0; i < HASTE; i++) {
            device.ask(message(device, Recipient.user(other(device.user(), with)), with));
        }
    }

    private void say(Handset device, Recipient to) {
        device.ask(message(device, to, random));
    }

    /** The same command with the same key from two devices, or twice from one. */
    private void sayTwice(Handset device) {
        var message = message(device, Recipient.user(other(device.user(), random)), random);
        device.ask(message);
        pick(devices.getOrDefault(device.user(), List.of())).ask(message);
    }

    private Asked message(Handset device, Recipient to, Random with) {
        var command = Command.send(to, MillraceClient.textBody(text(with)), null, List.of());
        return new Asked(
                Action.SEND, to.resolvedFor(device.user()), recorder.nextKey(), command, Handset.hash(command), null);
    }

    private void read(Handset device) {
        var place = seen.seenBy(device.user(), random);
        if (place != null) {
            var command = Command.read(place.conversation(), place.seq());
            device.ask(asked(Action.READ, place, command, null));
        }
    }

    private void edit(Handset device) {
        var place = seen.postedBy(device.user(), random);
        if (place != null) {
            var command = Command.edit(place.conversation(), place.seq(), MillraceClient.textBody(text(random)));
            device.ask(asked(Action.EDIT, place, command, Handset.hash(command)));
        }
    }

    private void recall(Handset device) {
        var place = seen.postedBy(device.user(), random);
        if (place != null) {
            device.ask(asked(Action.RECALL, place, Command.recall(place.conversation(), place.seq()), null));
        }
    }

    private Asked asked(Action action, Seen.Place place, Command command, @Nullable String bodyHash) {
        return new Asked(action, place.conversation(), recorder.nextKey(), command, bodyHash, place.seq());
    }

    private void changeMembers() {
        var group = pick(List.copyOf(groups.keySet()));
        var owner = owners.getOrDefault(group, "");
        var members = groups.getOrDefault(group, new TreeSet<>());
        var user = pick(USERS);
        if (user.equals(owner) || desk.waiting() > 3) {
            return;
        }
        if (members.remove(user)) {
            desk.remove(random.nextBoolean() ? owner : user, group, user);
        } else {
            members.add(user);
            desk.add(owner, group, user);
        }
    }

    private static String text(Random with) {
        int length = with.nextInt(50) == 0 ? LONG_TEXT : 10 + with.nextInt(150);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + with.nextInt(26)));
        }
        return text.toString();
    }

    private static String other(String user, Random with) {
        var other = USERS.get(with.nextInt(USERS.size()));
        return other.equals(user) ? USERS.get((USERS.indexOf(user) + 1) % USERS.size()) : other;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Ends membership changes that are still asked for, then every device; what is undecided stays unknown. */
    @Override
    public void close() throws InterruptedException {
        desk.close();
        all.forEach(Handset::close);
        TimeUnit.MILLISECONDS.sleep(200); // the desk writes down what it gave up
    }

    private final class Learns implements Handset.Ear {
        @Override
        public void onEntry(Handset device, Entry entry) {
            if (entry.event() instanceof Event.Message message) {
                seen.see(device.user(), entry.conversation(), message.seq());
            }
        }

        @Override
        public void onPosted(Handset device, Asked asked, Decision.Posted posted) {
            var seq = posted.seq();
            if (asked.action() == Action.SEND && seq != null) {
                seen.post(device.user(), asked.conversation(), seq);
            }
        }
    }
}
