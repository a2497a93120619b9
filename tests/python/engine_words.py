"""What each engine has, as far as compiled models ask for it: functions, and names that it keeps.

Functions: from the engine's own reference of functions; only those that the models use stand here,
so a new one is looked up there before it is added. Names: from its list of reserved words, those
that fit an English column or relation.
"""

from __future__ import annotations

# In the reference of every engine here.
EVERYWHERE = (
    "abs cast ceil chr coalesce count dense_rank floor greatest lag lead least left length ln "
    "lower max md5 min mod nullif power rank regexp_replace replace right round row_number sqrt "
    "substr sum "
    "translate trim"
)
_SPARK = (
    "assert_true concat date date_trunc datediff explode format_number from_utc_timestamp "
    "listagg min_by nvl2 position regexp_extract regexp_like sequence split timestampadd "
    "to_timestamp to_unix_timestamp to_utc_timestamp try_cast unpivot xxhash64"
)
OWN = {
    "snowflake": "convert_timezone date_trunc dateadd datediff listagg md5_number_lower64 min_by "
    "position regexp_instr split_part to_varchar try_cast try_to_timestamp_ntz unpivot",
    "bigquery": "datetime datetime_diff farm_fingerprint format_timestamp min_by regexp_contains "
    "safe_cast safe_offset split string_agg strpos timestamp timestamp_add timestamp_trunc to_hex "
    "to_json_string unnest unpivot",
    "redshift": "btrim date_trunc dateadd datediff farmfingerprint64 listagg position split_part "
    "timezone unpivot",
    "spark": _SPARK,
    # Spark's, and what dbt's adapter takes in their place
    "databricks": _SPARK + " get timestampdiff",
}
_SPARK_NAMES = (
    "all any anti as both case check collate column create cross distinct else end except false "
    "fetch filter for foreign from full grant group having in inner intersect into is join "
    "lateral leading left minus natural not null offset on only or order outer overlaps primary "
    "references right select semi some table then time to trailing true union unique unknown "
    "user using values when where with"
)
RESERVED = {
    "snowflake": "all alter and any as between by case cast check column connect "
    "connection constraint create cross current database delete distinct drop else exists false "
    "following for from full grant group having in increment inner insert intersect into is issue "
    "join lateral left like minus natural not null of on or order organization qualify regexp "
    "revoke right row rows sample schema select set some start table then to trigger true union "
    "unique update using values view when whenever where with",
    "bigquery": "all and any array as asc at between by case cast collate contains create cross "
    "cube current default define desc distinct else end enum escape except exclude exists extract "
    "false fetch following for from full group grouping groups hash having if ignore in inner "
    "intersect interval into is join lateral left like limit lookup merge natural new no not null "
    "nulls of on or order outer over partition preceding proto qualify range recursive respect "
    "right rollup rows select set some struct tablesample then to treat true unbounded union "
    "unnest using when where window with within",
    "redshift": "all analyze and any array as asc authorization backup between both case cast "
    "check collate column constraint create cross default defrag delta desc disable distinct do "
    "else enable encode end except explicit false for foreign freeze from full grant group having "
    "identity ignore in inner intersect interval into is join language leading left like limit "
    "minus natural new not null nulls off offline offset old on only open or order outer overlaps "
    "parallel partition percent permissions pivot primary raw recover references resort respect "
    "restore right select similar snapshot some system table tag then timestamp to top trailing "
    "true union unique unpivot user using verbose wallet when where with without",
    "spark": _SPARK_NAMES,
    "databricks": _SPARK_NAMES,
}
