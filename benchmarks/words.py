"""The words of docs/benchmarks.md around its tables."""

HEAD = """\
# How fast Alongside is, beside its own floors

`python3 dev.py bench --full` measures this and writes this page; please do not edit it. [How to read
it](#how-to-read-it) is at the end. A goal that was missed says so.

""".splitlines()

NOTES = """\
The bare database repeats the very statements with which the page writes a note (the contact, its entry in the log,
the mentorship's latest contact), with new ids, one transaction each, as durable as the product (`synchronous=FULL`,
fsync), by the driver alone: it signs nobody in, reads nothing, encrypts nothing. The page does all that and is
reached over HTTP.

""".splitlines()

GROWTH = """\
The same pages of two populations of the same shape, in turn: as many people for each busy peer, a full waiting
list, as many contacts for each person. Only the program around them is a hundred times larger.

""".splitlines()

NODES = """\
Nodes of one process each on one PostgreSQL, the client going round them with the same sessions. Client, database
and nodes share the processors given above, so on two of them the second node cannot double anything: what it shows
is that nodes need nothing from each other, and what is left of a processor when they are used together.

""".splitlines()

STARTS = """\
From the start of `alongside serve` to its first answer, the middle of five starts with warm files; then the largest
web process after 32 users asked for every page. PSS counts shared memory once for all who share it.

""".splitlines()

POPULATION = """\
Made up by `benchmarks/population`, the same for the same seed, on this machine while it did nothing else or while
it was busy, as it came; [benchmarks/README.md](../benchmarks/README.md) says why it is realistic. Rows include a
small second program and what the benchmarks wrote to the log.

""".splitlines()

MEETINGS_HEAD = """\
# How fast a meeting is found

`python -m benchmarks --meetings` measures this and writes this page, in a few minutes; please do not edit it. A goal
that was missed says so.

""".splitlines()

MEETINGS = [
    "Made-up meetings in 300 cities, one of a hundred by appointment and three of a hundred without coordinates. Each",
    "line is one kind of question, asked in the server one after the other; the whole page goes through every part of",
    "the server but the network. The machine may be busy with other work: the processor's own time stands beside.",
    "",
]
HOW = """\
## How to read it

- **Load**: 32 connections that stay open, each asking again as soon as it was answered, spread over up to 32
  accounts. That is far more than 32 people do, who read in between. So p50 and p95 under load are mostly waiting in
  line: with 32 in line, a page that takes 5 ms of the server's time answers after about 32 × 5 ms ÷ processors.
  *p95 alone* is what one person waits when nobody else asks.
- **Floors**, measured in turn with the page: the *empty* page goes through the same middleware, signed in, and
  answers nothing. The *constants* page renders the page's own template from values that were loaded before. Each
  constants page first proves that it asks the database for nothing of its own and is the real page, letter for
  letter. What lies between constants and page is the view: its queries, its decisions, its entry in the log.
- **Rounds** go through pages, floors and databases in turn, every other round backwards, so that a machine that
  becomes slower slows all of them. A ratio is the middle of the ratios of the rounds; other figures are the middle
  of the rounds; the lowest and highest round stand beside p95.
- **Queries** are statements of one request with everything warm, without BEGIN and savepoints. **KB** is the page
  without compression.
- The server is `alongside serve` with production's settings: 2 processes of 4 threads, no worker beside it.
  PostgreSQL has its defaults and is reached through a socket.
- On a machine where others work, absolute figures are worse than they could be; ratios hold better. The load
  average above says how it was.

Try it smaller: `python3 dev.py bench --quick` (under a minute), `--size small`, `--pages today,board`, `--database
sqlite`, `--growth`, `--nodes`, `--meetings`, `--notes`, `--starts`, and `--profile today` to see where the time of one
page goes.
""".splitlines()
