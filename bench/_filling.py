"""Fills a PostgreSQL database with as many requests as one likes, set by set; every constraint holds for what was filled in.

What an office of that size holds: applicants with four requests each, in every stage; six people each, two places, a
plan; writers whom three applicants ask; letters sealed and told of, packets with a reader who has looked; two mails
to a request, twenty lines of the journal to an applicant, chained as the product chains them. Keys are made from
numbers. Encrypted columns hold bytes of about the size of real ones, which nothing can open: whatever a page opens must
be made by the product's own actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

REQUESTS_EACH = 4
PEOPLE_EACH = 6
LINES_EACH = 20
ADVISERS = 50

FIRST = "(ARRAY['Amara','Bela','Chidi','Dilek','Emil','Farida','Goran','Hanna','Ilse','Jonas','Kofi','Lena','Mina','Noor','Olga','Pavel','Rosa','Sven','Tove','Yuki'])"
LAST = "(ARRAY['Adeyemi','Brandt','Castro','Dubois','Eriksen','Fischer','Garcia','Haas','Ito','Jansen','Kowal','Lind','Moreau','Novak','Okafor','Petit','Quist','Rossi','Silva','Tanaka','Varga','Weber','Zeller'])"
VERBS = "(ARRAY['joined','contact_added','opportunity_added','request_opened','ask_queued','opened','answered','started','letter_begun','uploaded'])"


def key(kind: str, number: str) -> str:
    return f"substr(md5('{kind}' || {number}), 1, 24)"


def hashed(kind: str, number: str) -> str:
    return f"md5('{kind}' || {number}) || md5('{kind}.' || {number})"


def blob(kind: str, number: str, sixteens: int) -> str:
    return f"decode(repeat(md5('{kind}' || {number}), {sixteens}), 'hex')"


# The applicant i of request r, the person c whom it asks, its writer w, and in which of eight ways it went (s).
REQUESTS = """
    SELECT r, i, (i - 1) * 6 + (r - 1) % 4 + 1 AS c, (r::bigint * 7919) % {writers} + 1 AS w, (r * 5 + i) % 8 AS s,
           (i - 1) * 2 + r % 2 + 1 AS o, now() - interval '1 day' * (10 + r % 300) AS at
    FROM (SELECT r, (r - 1) / 4 + 1 AS i FROM generate_series(1, {requests}) AS r) AS numbered
"""
"""s: 0 prepared, 1 asked, 2 agreed, 3 writing, 4 declined, from 5 on sealed."""


def statements(requests: int) -> Iterator[str]:
    applicants, writers = requests // REQUESTS_EACH, max(requests // 3, 1)
    of = "WITH q AS (" + REQUESTS.format(requests=requests, writers=writers) + ")"
    yield f"""INSERT INTO people_account (id, password, key, email, name, pronouns, role, language, time_zone, is_active, joined_at)
        SELECT i, '!', {key("a", "i")}, 'a' || i || '@students.example', {FIRST}[i % 20 + 1] || ' ' || {LAST}[i % 23 + 1], '',
        CASE WHEN i > {applicants} THEN 'adviser' ELSE 'applicant' END, 'en-gb', 'UTC', true, now() - interval '1 hour' * (i % 9000)
        FROM generate_series(1, {applicants + ADVISERS}) AS i"""
    yield """INSERT INTO account_emailaddress (user_id, email, verified, "primary") SELECT id, email, true, true FROM people_account"""
    yield f"""INSERT INTO people_advising (key, adviser_id, applicant_id, named_at, agreed_at)
        SELECT {key("v", "i")}, {applicants} + 1 + i % {ADVISERS}, i, now() - interval '30 days', now() - interval '29 days'
        FROM generate_series(1, {applicants}, GREATEST(5, {applicants} / 1000)) AS i"""
    yield f"""INSERT INTO people_invitation (key, email, name, role, batch, token_hash, invited_by_id, invited_at, expires_at, accepted_at)
        SELECT {key("n", "i")}, 'a' || i || '@students.example', '', 'applicant', '', {hashed("n", "i")}, {applicants} + 1,
        now() - interval '40 days', now() - interval '26 days', now() - interval '39 days' FROM generate_series(1, {applicants}) AS i"""
    yield f"""INSERT INTO people_correspondent (id, key, mailbox, name, title, organisation, letterhead, signature, signature_file, language,
        time_zone, reminder_days, proven_at)
        SELECT w, {key("w", "w")}, 'w' || w || '@faculty' || w % 997 || '.example', {FIRST}[w % 20 + 1] || ' ' || {LAST}[w % 23 + 1], 'Professor',
        'Faculty ' || w % 997, '{{}}', '{{}}', '', 'en-gb', '', '[]', now() - interval '200 days' FROM generate_series(1, {writers}) AS w"""
    yield """INSERT INTO people_weeklylist (correspondent_id, due_at)
        SELECT id, now() + interval '1 hour' * (1 + id % 168) FROM people_correspondent"""
    yield f"""INSERT INTO people_contact (id, key, owner_id, correspondent_id, name, given, family, salutation, organisation, title, profile, tie,
        how_you_know, knows_work, warmth, seniority, qualities, meets_regularly, phone_reference, unreachable, budget_hours, country, time_zone, notes, added_at)
        SELECT c, {key("c", "c")}, (c - 1) / 6 + 1, NULL, {FIRST}[c % 20 + 1] || ' ' || {LAST}[c % 23 + 1], {FIRST}[c % 20 + 1], {LAST}[c % 23 + 1], '',
        'Faculty ' || c % 997, 'Professor', '', (ARRAY['direct_manager','adviser','mentor','colleague'])[c % 4 + 1],
        'We worked together on the returns report for two terms.', c % 5, c % 5, c % 5, '[]', false, false, false, 6, 'GB', 'Europe/London', '',
        now() - interval '300 days' FROM generate_series(1, {applicants * PEOPLE_EACH}) AS c"""
    yield f"""INSERT INTO people_contactaddress (contact_id, position, address, mailbox)
        {of}, named AS (SELECT c, 'w' || w || '@faculty' || w % 997 || '.example' AS mailbox FROM q)
        SELECT id, 0, coalesce(mailbox, 'c' || id || '@elsewhere.example'), coalesce(mailbox, 'c' || id || '@elsewhere.example')
        FROM people_contact LEFT JOIN named ON c = id"""
    yield f"""INSERT INTO plans_opportunity (id, key, owner_id, kind, title, organisation, locations, url, text, level, letters, wanted, forms, need,
        spare, deadline_on, zone, added_at)
        SELECT o, {key("o", "o")}, (o - 1) / 2 + 1, (ARRAY['job','academic','scholarship'])[o % 3 + 1], 'Programme ' || o % 5000, 'Trust ' || o % 800,
        '[]', '', repeat('What the posting says. ', 20), '', 'required', '[]', '[]', 2, 1, current_date + (o % 200), 'UTC', now() - interval '200 days'
        FROM generate_series(1, {applicants * 2}) AS o"""
    yield f"""INSERT INTO plans_destination (key, opportunity_id, way, label, address, due_on, zone, rules)
        SELECT {key("d", "id")}, id, CASE WHEN id % 3 = 0 THEN 'portal' ELSE 'reader_link' END, 'Admissions', '', deadline_on, 'UTC', '{{}}' FROM plans_opportunity"""
    yield f"""INSERT INTO plans_plan (id, key, owner_id, drawn_at, drawn_on, odds, unmet, load, completions, wishes, gap, left_out, trust)
        SELECT i, {key("p", "i")}, i, now() - interval '10 days', current_date - 10, '{{}}', '[]', '{{}}', '[]', '[]', 0, 0, '{{}}'
        FROM generate_series(1, {applicants}) AS i"""
    yield f"""INSERT INTO plans_slot (id, key, plan_id, opportunity_id, position, is_spare)
        SELECT o, {key("t", "o")}, (o - 1) / 2 + 1, o, 0, false FROM generate_series(1, {applicants * 2}) AS o"""
    yield f"""INSERT INTO plans_choice (slot_id, contact_id, rank, fit, channel, reasons, mail_on, chance)
        SELECT o, (o - 1) / 2 * 6 + 1 + o % 2 + 2 * rank, rank, 0.8, 'mail', '[]', current_date, 0.7
        FROM generate_series(1, {applicants * 2}) AS o, generate_series(0, 1) AS rank"""
    yield from _asking(of)
    yield from _letters(of, applicants)
    yield from _mail(of)
    yield from _journal(applicants)


def _asking(of: str) -> Iterator[str]:
    yield f"""INSERT INTO asks_request (id, key, contact_id, correspondent_id, opened_by_applicant_at, links_made, paused_why)
        {of} SELECT r, {key("r", "r")}, c, CASE WHEN s > 1 THEN w END, at, 3, '' FROM q"""
    yield f"""INSERT INTO asks_purpose (id, key, request_id, opportunity_id, shown_on, zone, confidentiality, subject, note, points, added_at)
        {of} SELECT r, {key("u", "r")}, r, o, current_date + (o % 200)::int, 'UTC', CASE WHEN r % 3 = 0 THEN 'open' ELSE 'waived' END, 'A letter',
        repeat('Would you write me a letter? ', 10), '["The returns report"]', at FROM q"""
    yield f"""INSERT INTO asks_waiver (purpose_id, words, language, name, given_at)
        {of} SELECT r, 'I give up reading it.', 'en-gb', 'Somebody', at FROM q WHERE r % 3 <> 0 AND s > 0"""
    yield f"""INSERT INTO asks_ask (key, contact_id, opportunity_id, channel, said, asked_on, note, recorded_at)
        {of} SELECT {key("k", "r")}, c, o, 'mail', 'waiting', at::date, '', at FROM q WHERE s > 0"""
    yield f"""INSERT INTO asks_link (request_id, n, generation, kind, mailbox, token_hash, made_at)
        {of} SELECT r, n, 1, 'mailed', 'w' || w || '@faculty' || w % 997 || '.example', {hashed("l", "(r * 10 + n)")}, at + interval '1 day' * n
        FROM q, generate_series(1, 2) AS n WHERE s > 0"""
    yield f"""INSERT INTO asks_opening (request_id, opened_at) {of} SELECT r, at + interval '1 day' FROM q WHERE s > 1"""
    yield f"""INSERT INTO asks_answer (request_id, said, words, reason, reason_shared, proven_by, answered_by, answered_at)
        {of} SELECT r, CASE WHEN s = 4 THEN 'no' ELSE 'yes' END, '', '', false, 'mailed_link', {key("w", "w")}, at + interval '2 days' FROM q WHERE s > 1"""
    yield f"""INSERT INTO asks_start (request_id, started_at) {of} SELECT r, at + interval '3 days' FROM q WHERE s = 3 OR s > 4"""
    yield f"""INSERT INTO asks_closing (request_id, why, closed_at, closed_by, lifted_why)
        {of} SELECT r, 'sealed', at + interval '4 days', {key("w", "w")}, '' FROM q WHERE s > 4"""
    yield f"""INSERT INTO asks_reminder (key, request_id, kind, due_at, sent_at, dropped_why)
        {of} SELECT {key("m", "r")}, r, 'chase', CASE WHEN s < 4 THEN now() + interval '1 hour' * (1 + r % 900) ELSE at + interval '1 day' END,
        CASE WHEN s < 4 THEN NULL ELSE at + interval '1 day' END, '' FROM q WHERE s > 0"""
    yield f"""INSERT INTO asks_silence (request_id, mail_key, since, due_at, ended_at, outcome)
        {of} SELECT r, {key("g1", "r")}, at, now() + interval '1 hour' * (1 + r % 900), CASE WHEN s = 1 THEN NULL ELSE at + interval '2 days' END, '' FROM q WHERE s > 0"""


def _letters(of: str, applicants: int) -> Iterator[str]:
    yield f"""INSERT INTO letters_letter (id, key, applicant_id, request_id, writer_name, title, origin, confidentiality, begun_at)
        {of} SELECT r, {key("e", "r")}, i, r, {FIRST}[w % 20 + 1] || ' ' || {LAST}[w % 23 + 1], '', 'written',
        CASE WHEN r % 3 = 0 THEN 'open' ELSE 'waived' END, at + interval '3 days' FROM q WHERE s = 3 OR s > 4"""
    yield f"""INSERT INTO letters_draft (letter_id, sealed_body, revision, saved_at)
        {of} SELECT r, {blob("f", "r", 90)}, 7, at + interval '3 days' FROM q WHERE s = 3 OR s > 4"""
    yield f"""INSERT INTO letters_seal (id, letter_id, correspondent_id, number, record, digest, pdf_digest, manifest, signature, key_id, file, pages,
        writer_name, proven_by, proven_mailbox_digest, proven_domain, sealed_at)
        {of} SELECT r, r, w, upper(substr(lpad(to_hex(r), 8, '0'), 1, 4) || '-' || substr(lpad(to_hex(r), 8, '0'), 5, 4)), {blob("h", "r", 90)}, {hashed("h", "r")},
        {hashed("i", "r")}, {blob("j", "r", 40)}, {blob("s", "r", 4)}, 'key', {key("x", "r")}, 1, {FIRST}[w % 20 + 1] || ' ' || {LAST}[w % 23 + 1],
        'mailed_link', {hashed("y", "w")}, 'faculty' || w % 997 || '.example', at + interval '4 days' FROM q WHERE s > 4"""
    yield f"""INSERT INTO letters_release (seal_id, released_at, released_by) {of} SELECT r, at + interval '5 days', 'worker' FROM q WHERE s > 4"""
    yield f"""INSERT INTO letters_scope (seal_id, opportunities, kinds, set_at, set_by) {of} SELECT r, '[]', '[]', at + interval '4 days', {key("w", "w")} FROM q WHERE s > 4"""
    yield f"""INSERT INTO packets_packet (id, key, owner_id, opportunity_id, title, cover_words, made_at)
        SELECT i, {key("b", "i")}, i, (i - 1) * 2 + 1, 'For the committee', '', now() - interval '1 hour' * (i % 5000) FROM generate_series(1, {applicants}, 2) AS i"""
    yield """INSERT INTO packets_enclosure (packet_id, seal_id, position)
        SELECT p.id, s.id, row_number() OVER (PARTITION BY p.id ORDER BY s.id) FROM packets_packet p
        JOIN letters_letter l ON l.applicant_id = p.owner_id JOIN letters_seal s ON s.letter_id = l.id"""
    yield f"""INSERT INTO packets_reader (id, key, packet_id, name, address, mailbox, links_made, expires_at, held_why, code_hash, code_tries, added_at, confirmed_at)
        SELECT id, {key("z", "id")}, id, {FIRST}[id % 20 + 1] || ' ' || {LAST}[id % 23 + 1], 'z' || id || '@board' || id % 613 || '.example',
        'z' || id || '@board' || id % 613 || '.example', 1, now() + interval '60 days', '', '', 0, made_at, made_at FROM packets_packet"""
    yield f"""INSERT INTO packets_readerlink (reader_id, n, generation, token_hash, made_at) SELECT id, 1, 1, {hashed("zl", "id")}, added_at FROM packets_reader"""
    yield """INSERT INTO packets_delivery (reader_id, means, delivered_at, outgoing) SELECT id, 'mail', added_at, '' FROM packets_reader"""
    yield """INSERT INTO packets_viewing (reader_id, seal_id, what, viewed_at)
        SELECT r.id, e.seal_id, 'read', r.added_at + interval '1 day' FROM packets_reader r JOIN packets_enclosure e ON e.packet_id = r.packet_id"""


def _mail(of: str) -> Iterator[str]:
    yield f"""INSERT INTO ledger_outgoing (key, kind, delivery, chain, about, once, sealed_mail, message_id, state, due_at, attempts, begun_at, begun_by,
        handed_at, ended_at, outcome)
        {of}, mails AS (SELECT *, CASE WHEN n = 1 THEN 'ask' WHEN s > 4 THEN 'letter_safe' ELSE 'reminder' END AS kind FROM q, generate_series(1, 2) AS n
        WHERE s > 0 AND (n = 1 OR s <> 2))
        SELECT substr(md5('g' || n || r), 1, 24), kind, 'at_most_once', {key("a", "i")}, {key("r", "r")}, kind || '|' || {key("u", "r")} || '|' || n,
        {blob("g", "r", 56)}, substr({hashed("g", "(r * 10 + n)")}, 1, 40) || '@letters.example',
        CASE r % 2000 WHEN 1 THEN 'failed' WHEN 2 THEN 'unknown' WHEN 3 THEN 'withdrawn' ELSE 'sent' END,
        at + interval '1 day' * n, 1, at + interval '1 day' * n, 'filled', at + interval '1 day' * n, at + interval '1 day' * n, '250 data'
        FROM mails"""
    yield f"""INSERT INTO ledger_replyaddress (token_hash, about) {of} SELECT {hashed("ra", "r")}, {key("r", "r")} FROM q WHERE s > 0"""
    yield f"""INSERT INTO ledger_received (key, received_at, source, digest, same_as, sealed_raw, state, kind, about, vouched_by, outcome, problem, attempts, begun_by, handled_at)
        {of} SELECT {key("rc", "r")}, at + interval '2 days', 'smtp', {hashed("rc", "r")}, {hashed("rs", "r")}, '', 'handled', 'reply', {key("r", "r")}, '', 'answer', '', 1, '',
        at + interval '2 days' FROM q WHERE s > 1 AND r % 3 = 0"""


def _journal(applicants: int) -> Iterator[str]:
    """Each applicant's chain grows by one line at a time, every digest over the line before it, as `ledger.journal` makes it."""
    digest = """encode(sha256(convert_to('["' || chain || '",' || position || ',"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
        || '+00:00","' || chain || '","' || verb || '","' || about || '","","' || before || '"]', 'UTF8')), 'hex')"""
    facts = f"""{VERBS}[(({{n}} + id) % 10)::int + 1] AS verb, {key("r", "((id - 1) * 4 + {n} % 4 + 1)")} AS about,
        date_trunc('second', now()) - interval '1 day' * (12 * ({LINES_EACH} - {{n}}) + 1) - interval '1 second' * (id % 80000) AS at"""
    yield f"""INSERT INTO ledger_line (chain, position, at, by, verb, about, detail, before, digest)
        WITH RECURSIVE begun AS (SELECT id, key AS chain, 1 AS position, repeat('0', 64) AS before, {facts.format(n=1)}
            FROM people_account WHERE id <= {applicants}),
        lines AS (SELECT *, {digest} AS digest FROM begun UNION ALL
            SELECT *, {digest} FROM (SELECT id, chain, position + 1 AS position, digest AS before, {facts.format(n="(position + 1)")}
                FROM lines WHERE position < {LINES_EACH}) AS longer)
        SELECT chain, position, at, chain, verb, about, '', before, digest FROM lines ORDER BY position, id"""
    yield """INSERT INTO ledger_root (at, chains, heads, before, digest)
        SELECT now() - interval '1 hour' * n, 1, md5('heads' || n) || md5('h' || n), md5('b' || n) || md5('c' || n), md5('d' || n) || md5('e' || n)
        FROM generate_series(2, 2000) AS n"""


def fill(connection: BaseDatabaseWrapper, requests: int) -> None:
    """Into an empty database; ids go on behind what was filled in, and the planner knows the sizes.

    Keys to other rows, unique columns and indexes are taken off and put back, which checks every row at once instead
    of one by one.
    """
    with connection.cursor() as cursor:
        for setting in ("synchronous_commit = off", "maintenance_work_mem = '1GB'", "work_mem = '256MB'"):
            cursor.execute(f"SET {setting}")
        off, on = _checks(cursor)
        for statement in (*off, *statements(requests), *on):
            cursor.execute(statement)
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relkind = 'r' AND a.attidentity <> '' AND c.relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST((SELECT max(id) FROM {table}), 1))"
            )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET ALL")


def _checks(cursor: Any) -> tuple[list[str], list[str]]:
    """What takes the checks between rows and the indexes off, and what puts them back: keys to other rows last."""
    cursor.execute(
        "SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid), contype = 'f' FROM pg_constraint "
        "WHERE contype IN ('f', 'u') AND connamespace = 'public'::regnamespace ORDER BY 4, 1, 2"
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary "
        "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('u', 'x'))"
    )
    indexes = cursor.fetchall()
    off = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _, _ in constraints]
    off += [f"DROP INDEX {name}" for name, _ in indexes]
    on = [made for _, made in indexes]
    on += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}" for table, name, made, _ in constraints]
    return off, on
