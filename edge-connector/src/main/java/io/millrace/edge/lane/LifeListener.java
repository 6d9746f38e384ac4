package io.millrace.edge.lane;

/** Told when a life ends, before the next begins: everything that belongs to it is to be closed. */
@FunctionalInterface
public interface LifeListener {
    void onLifeEnded(EdgeLife life, String why);
}
