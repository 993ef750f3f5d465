package io.goodhart.jobs;

import io.goodhart.findings.HonestNull;
import io.goodhart.isolation.spark.IsolationForestModel;

/** A forest with the null that its p-values come from. */
record TrainedModel(String modelId, IsolationForestModel forest, HonestNull honest) {}
