-- Databricks notebook source
-- MAGIC %md
-- MAGIC # Morning review
-- MAGIC What the night found: *unusual usage, and why*. A finding is a question to ask, never a verdict. People are
-- MAGIC pseudonyms; show this page only to those who are entitled to see them.
-- MAGIC
-- MAGIC The notebook reads the published tables of the catalog `goodhart` and holds no logic of its own.

-- COMMAND ----------

CREATE WIDGET TEXT run_date DEFAULT '2026-05-31'

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## The night at a glance

-- COMMAND ----------

SELECT
  count(*) AS people,
  count(score) AS people_scored,
  count_if(flagged) AS findings,
  (SELECT count(*) FROM goodhart.restricted.suspicious_usage
    WHERE run_date = date(:run_date) AND status = 'new') AS new_findings,
  (SELECT count(*) FROM goodhart.restricted.suspicious_usage
    WHERE run_date = date(:run_date) AND status = 'suppressed') AS suppressed,
  sum(total_tokens) AS total_tokens,
  sum(cost_usd) AS cost_usd,
  (SELECT sum(wasted_usd) FROM goodhart.restricted.suspicious_usage
    WHERE run_date = date(:run_date) AND status <> 'suppressed') AS wasted_usd
FROM goodhart.restricted.usage_scores
WHERE run_date = date(:run_date)

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## Patterns
-- MAGIC Findings that are strange for the same reasons. A pattern without a name of the catalogue is described by its features.

-- COMMAND ----------

SELECT
  name AS pattern,
  people,
  new_people,
  total_tokens,
  wasted_usd,
  first_seen,
  transform(slice(signature, 1, 3), entry -> concat(entry.feature, ' ', lower(entry.direction))) AS carried_by,
  description
FROM goodhart.restricted.usage_patterns
WHERE run_date = date(:run_date)
ORDER BY wasted_usd DESC NULLS LAST, pattern_id

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## New since the night before

-- COMMAND ----------

SELECT
  finding.person_id AS person,
  finding.team_id AS team,
  pattern.name AS pattern,
  finding.since,
  finding.wasted_usd
FROM goodhart.restricted.suspicious_usage AS finding
LEFT JOIN goodhart.restricted.usage_patterns AS pattern
  ON pattern.run_date = finding.run_date AND pattern.pattern_id = finding.pattern_id
WHERE finding.run_date = date(:run_date) AND finding.status = 'new'
ORDER BY finding.rank, finding.person_id

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## First to look at
-- MAGIC The twenty findings of the highest rank, each with its three weightiest reasons. `impact` is the person's output over the
-- MAGIC median of their role: 1 is the middle.

-- COMMAND ----------

SELECT
  finding.rank,
  finding.person_id AS person,
  finding.team_id AS team,
  finding.role,
  pattern.name AS pattern,
  finding.status,
  finding.since,
  finding.score,
  finding.impact,
  finding.wasted_usd,
  transform(slice(filter(finding.reasons, reason -> reason.feature <> 'other'), 1, 3), reason -> reason.text) AS why
FROM goodhart.restricted.suspicious_usage AS finding
LEFT JOIN goodhart.restricted.usage_patterns AS pattern
  ON pattern.run_date = finding.run_date AND pattern.pattern_id = finding.pattern_id
WHERE finding.run_date = date(:run_date) AND finding.rank <= 20
ORDER BY finding.rank

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## Who could not be judged

-- COMMAND ----------

SELECT insufficient AS reason, count(*) AS people
FROM goodhart.restricted.usage_scores
WHERE run_date = date(:run_date) AND insufficient IS NOT NULL
GROUP BY insufficient
ORDER BY people DESC, reason

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## Health of the sources
-- MAGIC Days of the last two weeks on which a source was anything but `ok`. A day that is missing or low counts as not observed for people all of whose sources are so.

-- COMMAND ----------

SELECT event_date, source, verdict, seen, expected, duplicate_share, unmapped_share
FROM goodhart.open.source_health
WHERE event_date BETWEEN date_sub(date(:run_date), 13) AND date(:run_date) AND verdict <> 'ok'
ORDER BY event_date DESC, source

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## Reconciliation
-- MAGIC Every row that came in over the window, and what became of it; `unexplained` is 0 or something is broken.

-- COMMAND ----------

SELECT
  `table`,
  sum(rows_in) AS rows_in,
  sum(rejected) AS rejected,
  sum(out_of_window) AS out_of_window,
  sum(duplicate) AS duplicate,
  sum(unmapped) AS unmapped,
  sum(used) AS used,
  sum(rows_in - rejected - out_of_window - duplicate - unmapped - used) AS unexplained
FROM goodhart.open.day_counts
WHERE event_date BETWEEN date_sub(date(:run_date), 27) AND date(:run_date)
GROUP BY `table`
ORDER BY `table`

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## The run

-- COMMAND ----------

SELECT state, model_id, prior_run_id IS NOT NULL AS goes_on_from_an_earlier_night, code_version, message
FROM goodhart.open.runs
WHERE run_date = date(:run_date) AND state = 'published'
ORDER BY started DESC
LIMIT 1
