"""One database for passages and records: engine, tables, migrations, access rules, outbox."""
