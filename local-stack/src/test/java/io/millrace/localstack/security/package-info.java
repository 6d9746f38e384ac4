/**
 * The servers as they are where others could reach them: TLS, passwords, rights. Everything is set up by the very text of
 * runbooks/secure-servers.md and by the programs it names; read {@code SecuredStack} first.
 */
@NullMarked
package io.millrace.localstack.security;

import org.jspecify.annotations.NullMarked;
