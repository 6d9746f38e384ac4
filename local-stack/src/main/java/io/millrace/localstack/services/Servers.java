package io.millrace.localstack.services;

/** Where the services find the servers. */
public record Servers(String bootstrapServers, String registryUrl, int cqlPort) {}
