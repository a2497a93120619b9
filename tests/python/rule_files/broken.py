"""Rows of the right types that no run may use, many in each table, for the guard in SQL."""

from __future__ import annotations

from rule_files.changes import Files, good_files

BROKEN = {
    "attributes": """
,lead,text,later,,
odd_of,account,text,later,,
odd_type,lead,date_time,later,,
odd_known,lead,text,sometimes,,
industry,lead,text,later,,
no_of,,text,later,,
""",
    "event_types": """
,true,true,,
Page_Viewed,true,true,,
""",
    "scorecards": """
,x,off,,,80,90,0.5,,
*,x,off,,,80,90,0.5,,
no_segment,,off,,,80,90,0.5,,
odd_status,x,lives,,,80,90,0.5,,
half,x,off,1.5,,80,90,0.5,,
zero_fit,x,off,,,0,90,0.5,,
blank_fit,x,off,,,,90,0.5,,
fine_fit,x,off,,,80.125,90,0.5,,
below,x,off,,,80,-1,0.5,,
heavy,x,off,,,80,90,1.5,,
no_weight,x,off,,,80,90,,,
second_catch_all,x,live,40,,80,90,0.5,,
no_priority,x,live,,,80,90,0.5,,
same_priority,x,live,20,,80,90,0.5,,
""",
    "audiences": """
nobody,industry,equals,x,
no_priority,colour,equals,x,
same_priority,employee_count,contains,1,
no_priority,employee_count,gte,many,
*,industry,equals,x,
""",
    "signals": """
odd_dimension,both,email,sum,,,,
odd_family,fit,weather,sum,,,,
odd_matching,fit,email,last,,,,
min_above,fit,email,sum,5,,,
max_below,fit,email,sum,,-5,,
fine_min,fit,email,sum,-0.125,,,
company,fit,email,sum,,,,
""",
    "fit_rules": """
colon:ed,*,company,,industry,equals,software,1,false,
no_scorecard,nobody,company,,industry,equals,software,1,false,
no_signal,*,none,,industry,equals,software,1,false,
blank_signal,*,,,industry,equals,software,1,false,
other_dimension,*,product_use,,industry,equals,software,1,false,
half_priority,*,company,0.5,industry,equals,software,1,false,
many_points,*,company,,industry,equals,x,1000001,false,
fine_points,*,company,,industry,equals,x,0.125,false,
off,*,company,,industry,equals,x,,false,
own_off,small_business,company,,industry,equals,x,,false,
no_condition,*,company,,,,,1,false,
no_attribute,*,company,,colour,equals,x,1,false,
event_attribute,*,company,,url,equals,x,1,false,
no_operator,*,company,,industry,,x,1,false,
odd_operator,*,company,,industry,is,x,1,false,
misfit,*,company,,industry,gte,1,1,false,
flag_in,*,company,,is_competitor,in,true,1,false,
no_value,*,company,,industry,equals,,1,false,
no_list,*,company,,industry,in_list,none,1,false,
no_number,*,company,,employee_count,gte,1e3,1,false,
comma,*,company,,employee_count,gte,"1,0",1,false,
upside,*,company,,employee_count,between,9..1,1,false,
no_range,*,company,,employee_count,between,9,1,false,
no_flag,*,company,,is_competitor,equals,x,1,false,
no_date,*,company,,current_contract_ends_on,gte,soon,1,false,
no_day,*,company,,current_contract_ends_on,gte,2026-02-30,1,false,
no_days,*,company,,current_contract_ends_on,within_last_days,1.5,1,false,
no_word,*,company,,job_title,has_word,--,1,false,
inactive,*,company,,industry,equals,software,1,false,
dates,*,company,,current_contract_ends_on,between,2026-02-01..2026-01-01,1,false,
""",
    "engagement_rules": """
no_type,*,buying_interest,,,,,,1,,,,,,
unknown_type,*,buying_interest,,signed_off,,,,1,,,,,,
no_award,*,buying_interest,,page_viewed,,,,1,twice,,,,,
half_cap,*,buying_interest,,page_viewed,,,,1,,1.5,,,,
no_count,*,buying_interest,,page_viewed,,,,1,,,0,,,
no_days,*,buying_interest,,page_viewed,,,,1,,,,0,,
no_decay,*,buying_interest,,page_viewed,,,,1,,,,,fast,
lead_attribute,*,buying_interest,,page_viewed,industry,equals,x,1,,,,,,
fit_signal,*,company,,page_viewed,,,,1,,,,,,
fine,*,buying_interest,,page_viewed,,,,0.001,,,,,,
""",
    "rule_conditions": """
no_rule,*,lead,,,industry,equals,x,
manager,enterprise,lead,,,industry,equals,x,
manager,*,event,,,url,equals,x,
manager,*,account,,,industry,equals,x,
manager,*,lead,,,,equals,x,
manager,*,history,,,,gte,1,
manager,*,history,page_seen,,,gte,1,
manager,*,history,page_viewed,0,,gte,1,
manager,*,history,page_viewed,,,contains,1,
manager,*,history,page_viewed,,,gte,-1,
manager,*,history,page_viewed,,,gte,,
manager,*,lead,,,colour,equals,x,
""",
    "decay_curves": """
odd_method,half,event,30,,,,,
odd_clock,linear,wall,30,,,,,
no_days,linear,event,,,,,,
half_days,linear,event,1.5,,,,,
percents,step_linear,event,30,101,,,,
grace,linear,event,30,,-1,,,
floor,linear,event,30,,,-1,,
half_expire,linear,event,30,,,,1.5,
Linear_90,linear,event,30,,,,,
""",
    "inactivity_rules": """
no_after,*,,,-1,,
half_after,*,1.5,,-1,,
no_every,*,30,0,-1,,
gives,*,30,,1,,
no_times,*,30,,-1,0,
fine_penalty,*,30,,-0.125,,
a:b,*,30,,-1,,
""",
    "thresholds": """
*,mood,good,1,,,,,
*,stage,no_rank,,,,,,
*,stage,half,1.5,,,,,
*,stage,back,5,,,,-1,
*,temperature,same,2,,,40,,
*,fit_grade,falls,3,,10,,,
nobody,stage,lead,1,,,,,
*,stage,,9,90,,,,
*,Stage,MQL,2,50,,,,
""",
    "routing_rules": """
half,*,sql,1.5,,,,sales,,,
late,*,sql,,,,,sales,,-1,
lost,nobody,sql,,,,,sales,,,
""",
    "lists": """
no_entry,,
,no_list,
Competitor,RIVALSUITE.example,
""",
    "title_keywords": """
,10,vp,,
half,1.5,vp,,
CEO,1,vp,,
""",
}


def broken_rows(table: str) -> list[str]:
    """The broken rows of a table."""
    return BROKEN[table].strip().splitlines()


def broken_files() -> Files:
    """The good tables with the broken rows at their ends."""
    return {
        name: content + BROKEN[name.removesuffix(".csv")].lstrip().encode()
        for name, content in good_files().items()
    }
