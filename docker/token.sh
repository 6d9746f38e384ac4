#!/bin/sh
# Prints a token of a user for the issuer of docker/config, good for an hour: docker/token.sh USER. Needs openssl.
set -eu
user=${1:?a user id}
secret=$(cat "$(dirname -- "$0")/secrets/token-secret")
encode() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
now=$(date +%s)
head=$(printf '{"alg":"HS256","typ":"JWT"}' | encode)
body=$(printf '{"iss":"millrace-docker","sub":"%s","iat":%d,"exp":%d,"jti":"%s"}' \
    "$user" "$now" $((now + 3600)) "$(openssl rand -hex 16)" | encode)
signature=$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -hmac "$secret" -binary | encode)
printf '%s.%s.%s\n' "$head" "$body" "$signature"
