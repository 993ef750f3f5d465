/** What a run is told, and the Spark session that it gets: every setting with its default, and the only place that builds a session. */
package io.goodhart.session;
