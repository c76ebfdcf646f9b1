"""Speed, each figure beside its floor in the same run; only the ratios carry over to another machine."""
