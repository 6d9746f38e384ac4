package io.millrace.service.admin;

import java.util.Map;

/**
 * What an operator asks.
 *
 * @param method as HTTP has it
 * @param path behind the resource's own, empty or beginning with a slash
 * @param parameters of the query, the first of each name
 */
public record AdminRequest(String method, String path, Map<String, String> parameters) {}
