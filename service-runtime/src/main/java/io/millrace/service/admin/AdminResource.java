package io.millrace.service.admin;

/** Something that operators ask a service on its admin port. Called on several threads; may block for seconds. */
@FunctionalInterface
public interface AdminResource {
    AdminAnswer answer(AdminRequest request) throws Exception;
}
