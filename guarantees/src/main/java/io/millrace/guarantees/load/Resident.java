package io.millrace.guarantees.load;

import io.millrace.localstack.child.ResidentMemory;

/** Physical memory of a process in MiB. */
final class Resident {
    private Resident() {}

    static long mib(long pid) {
        return ResidentMemory.bytes(pid).orElse(0) >> 20;
    }
}
