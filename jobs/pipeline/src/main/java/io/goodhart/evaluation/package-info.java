/** How accurate a night was, where the truth is known: beside what users have today, and on their own history with known gaming. */
package io.goodhart.evaluation;
