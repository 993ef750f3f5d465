package io.goodhart.jobs;

import io.goodhart.findings.HonestNulls;
import io.goodhart.isolation.spark.IsolationForestModel;

/** A forest with the nulls that its p-values come from. */
record TrainedModel(String modelId, IsolationForestModel forest, HonestNulls honest) {}
