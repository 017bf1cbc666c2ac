"""The stages of dedupe on Apache Spark: see docs/spark.md.

Spark shuffles, spills, retries and handles skew; `dedupe stage` decides. Every column of lines holds lines with
their ends, so that an Arrow batch goes to a process, and comes back from it, without a step for each line.
"""
