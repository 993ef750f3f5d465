"""The night of each UTC day, with retries only where they can help. For Airflow 3; the imports of 2.x are in comments."""

from datetime import datetime, timedelta

from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.providers.standard.operators.bash import BashOperator  # 2.x: airflow.operators.bash
from airflow.sdk import DAG  # 2.x: from airflow import DAG
from airflow.timetables.interval import CronDataIntervalTimetable

NOT_WORTH_A_RETRY = [1, 2, 3, 5, 7, 8, 9, 12]  # so 4, 6 and signals are


class GoodhartOperator(BashOperator):
    """A BashOperator can skip on given exit codes, but not fail without a retry: this turns the one into the other."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowSkipException as final:
            raise AirflowFailException(f"not worth a retry: {final}") from final


with DAG(
    dag_id="goodhart_nightly",
    start_date=datetime(2026, 6, 1),
    # The interval that ends at 03:30 begins on the day before: that day is the run date, in every retry and backfill.
    schedule=CronDataIntervalTimetable("30 3 * * *", timezone="UTC"),
    catchup=True,  # a missed night is run; dates may run side by side
    max_active_runs=2,
):
    GoodhartOperator(
        task_id="nightly",
        cwd="/opt/goodhart",
        bash_command=(
            "bin/goodhart nightly --date {{ data_interval_start | ds }}"
            " --input /data/ai-usage --warehouse /data/goodhart --config /etc/goodhart.yaml"
        ),
        append_env=True,
        env={"GOODHART_MEMORY": "8g"},
        skip_on_exit_code=NOT_WORTH_A_RETRY,
        retries=12,
        retry_delay=timedelta(minutes=15),
    )
