package io.millrace.router.runtime;

/** One record of a rebuilt changelog: what a section keeps under a key. */
public record ChangelogRecord<K, V>(Section<K, V> section, K key, V value) {}
