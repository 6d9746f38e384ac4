package io.millrace.guarantees.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All journals of a run together.
 *
 * @param operations in order of their invocation
 * @param devices what each device was told, in the order it was told, by user and device
 */
public record History(
        List<Operation> operations,
        Map<DeviceName, List<Line.Delivered>> devices,
        List<Line.Session> sessions,
        List<Line.FaultMoment> faults) {
    /** One installation of one user. */
    public record DeviceName(String user, String device) implements Comparable<DeviceName> {
        @Override
        public int compareTo(DeviceName other) {
            int byUser = user.compareTo(other.user);
            return byUser != 0 ? byUser : device.compareTo(other.device);
        }

        @Override
        public String toString() {
            return user + "/" + device;
        }
    }

    public History {
        operations = List.copyOf(operations);
        sessions = List.copyOf(sessions);
        faults = List.copyOf(faults);
    }

    /** @param lines of each client in the order they were written; the clients in any order */
    public static History of(Collection<? extends Line> lines) {
        var begun = new TreeMap<Long, Line.Invoked>();
        var accepted = new HashMap<Long, Line.Accepted>();
        var ended = new HashMap<Long, Line.Ended>();
        var devices = new TreeMap<DeviceName, List<Line.Delivered>>();
        var sessions = new ArrayList<Line.Session>();
        var faults = new ArrayList<Line.FaultMoment>();
        for (Line line : lines) {
            if (line instanceof Line.Invoked begin) {
                begun.put(begin.op(), begin);
            } else if (line instanceof Line.Accepted taken) {
                accepted.put(taken.op(), taken);
            } else if (line instanceof Line.Ended end) {
                ended.put(end.op(), end);
            } else if (line instanceof Line.Delivered told) {
                devices.computeIfAbsent(new DeviceName(told.user(), told.device()), d -> new ArrayList<>())
                        .add(told);
            } else if (line instanceof Line.Session session) {
                sessions.add(session);
                devices.computeIfAbsent(new DeviceName(session.user(), session.device()), d -> new ArrayList<>());
            } else if (line instanceof Line.FaultMoment moment) {
                faults.add(moment);
            }
        }
        var operations = begun.values().stream()
                .map(begin -> Operation.of(begin, accepted.get(begin.op()), ended.get(begin.op())))
                .sorted((a, b) -> Long.compare(a.invokedNs(), b.invokedNs()))
                .toList();
        return new History(operations, devices, sessions, faults);
    }
}
