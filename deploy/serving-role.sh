#!/bin/sh
# Runs once, when the database is made: the role that serves may read and write rows, and changes no table.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$SERVING_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE marketplace_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
