"""`python -m benchmarks.linkage`: precision and recall of the model for near duplicates, on made people."""

import argparse
import sys

from .learning import learn
from .records import make_records
from .trying import Trial, try_model


def show(trial: Trial) -> None:
    """The figures as a table."""
    print(f"{trial.records:,} records, {trial.true_pairs:,} pairs of one person; {trial.pairs:,} pairs compared of "
          f"{trial.records * (trial.records - 1) // 2:,}, in {trial.seconds:.1f} s")  # fmt: skip
    reached = sum(same for _bits, _verdict, same in trial.found) / trial.true_pairs
    print(f"of the pairs of one person, compared at all: {reached:.1%}")
    print("\n| pairs shown | precision | recall | F1 |\n| --- | --- | --- | --- |")
    rows = [("surely", lambda bits, verdict: verdict == "surely"), ("surely or perhaps", lambda _b, v: v != "no")]
    rows += [(f"not no, and at least {bits} bits", lambda b, v, least=bits: v != "no" and b >= least)
             for bits in range(8, 33, 2)]  # fmt: skip
    for name, chosen in rows:
        print("| {} | {:.2%} | {:.2%} | {:.2%} |".format(name, *trial.rates(chosen)))
    print(f"\ntwo people of one phone called surely one person: {trial.families}")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print, or learn the probabilities."""
    parser = argparse.ArgumentParser(prog="benchmarks.linkage", description=__doc__)
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--duplicates", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--learn", action="store_true", help="print the probabilities for rules/linkage/weights.py")
    options = parser.parse_args(arguments)
    if options.learn:
        for field, levels in learn().items():
            print(f'    "{field}": {{')
            for level, (m, u) in levels.items():
                print(f'        "{level}": ({m}, {u}),')
            print("    },")
        return 0
    show(try_model(make_records(options.seed, options.people, options.duplicates)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
