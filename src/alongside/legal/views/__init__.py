"""Pages of legal matters: what to do at the door, demands, releases, reports, incidents, holds, a person's letters."""
