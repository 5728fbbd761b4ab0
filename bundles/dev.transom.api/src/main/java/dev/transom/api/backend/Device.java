package dev.transom.api.backend;

/**
 * A device of a backend.
 *
 * @param id          unique in the backend, for example cpu or gpu:0
 * @param description for people
 * @param memoryBytes memory that it could use, in bytes
 * @param computeUnits threads or multiprocessors
 */
public record Device(String id, String description, long memoryBytes, int computeUnits) {
}
