/** What can go wrong through no fault of ours, how it is worded, and what the process exits with. Imports nothing of ours. */
package io.goodhart.failures;
