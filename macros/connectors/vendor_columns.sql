{#- What is read of the tables of each tool: our column -> the names that it may have there, of
    which the first that is filled is read. Names compare as plain_name makes them, so that one
    list fits loaders, APIs and exports by hand; a blank list is our own name, and what begins with
    = is a text for all rows. This is data, and no SQL: what becomes of the columns stands in
    models/connectors, and commands know exports by it.
    In: tool. Call: vendor_columns('hubspot').contact. Out: table -> our column -> names. -#}
{% macro vendor_columns(tool) %}
    {%- set activity = {
        'event_id': 'marketo guid|id', 'lead_id': '', 'occurred_at': 'activity date',
        'asset': 'primary attribute value', 'link': 'link|link url', 'page': 'webpage url',
        'user_agent': '', 'is_bot': 'is bot activity',
    } %}
    {#- of people, in the names of all of Salesforce's tables, and of all of Segment's #}
    {%- set person = {
        'created_at': 'created date|create date',
        'updated_at': 'fivetran start|last modified date|last modified|system modstamp',
        'email': '',
        'first_name': '',
        'last_name': '',
        'job_title': 'title',
        'company_domain': 'website',
        'industry': '',
        'annual_revenue': '',
        'lead_source': '',
        'is_deleted': 'is deleted|fivetran deleted|deleted',
        'gone_at': 'last modified date|last modified|system modstamp',
        'master_id': 'master record id',
    } %}
    {%- set traits = {
        'created_at': '',
        'email': 'email|context traits email',
        'first_name': 'first name|context traits firstname',
        'last_name': 'last name|context traits lastname',
        'job_title': 'title|job title|position',
        'company_name': 'company|company name',
        'company_domain': 'company domain|website',
        'industry': 'industry|company industry',
        'employee_count': 'employees|company employees|employee count',
        'country': 'country|address country|context traits country',
        'region': 'state|address state|region',
        'city': 'city|address city|context traits city',
    } %}
    {%- set hit = {
        'event_id': 'id|message id', 'device_id': 'anonymous id', 'user_id': '',
        'occurred_at': 'timestamp', 'loaded_at': 'received at',
        'channel': 'context campaign medium|channel', 'session_id': 'context session id',
        'user_agent': 'context user agent',
    } %}
    {%- set columns = {
        'hubspot': {
            'contact': {
                'lead_id': 'record id|record id - contact|id|vid|hs object id',
                'created_at': 'createdate|createdat',
                'updated_at': 'lastmodifieddate|updatedat',
                'email': 'email|email address',
                'first_name': '',
                'last_name': '',
                'job_title': '',
                'country': 'country|country/region|ip country',
                'region': 'state|state/region|ip state',
                'city': 'city|ip city',
                'budget_authority': 'hs buying role|buying role',
                'lead_source': 'hs analytics source|original source|original traffic source',
                'crm_id': 'salesforcecontactid|salesforceleadid',
                'company_name': 'company|company name|associated company',
                'company_domain': 'company domain name|website|website url',
                'industry': '',
                'employee_count': 'numemployees|number of employees',
                'annual_revenue': '',
                'technologies': 'web technologies',
                'company_ids': 'associatedcompanyid|associated company ids',
                'further_emails': 'hs additional emails|additional email addresses',
                'merged_ids': 'hs merged object ids|merged record ids|merged contact ids',
                'merged_vids': 'hs calculated merged vids',
                'is_deleted': 'fivetran deleted|archived|is deleted',
                'gone_at': 'archivedat|fivetran synced',
            },
            'contact_company': {
                'lead_id': 'contact id', 'account_id': 'company id', 'type_id': '',
            },
            'contact_merge_audit': {
                'lead_id': 'vid to merge', 'merged_into_lead_id': 'canonical vid',
                'merged_at': 'timestamp',
            },
            'contact_property_history': {
                'lead_id': 'contact id', 'property': 'name', 'stage': 'value',
                'occurred_at': 'timestamp|fivetran start',
            },
            'contact_form_submission': {
                'conversion_id': '', 'lead_id': 'contact id', 'form_id': '', 'url': 'page url',
                'title': '', 'occurred_at': 'timestamp|submitted at',
                'event_name': '=form submitted', 'channel': '=web',
            },
            'form': {'form_id': 'guid|id', 'name': ''},
            'company': {
                'account_id': 'record id|id|company id|hs object id',
                'updated_at': 'hs lastmodifieddate|last modified date|updatedat',
                'company_name': 'name|company name',
                'company_domain': 'domain|company domain name',
                'industry': '',
                'employee_count': 'numberofemployees',
                'annual_revenue': '',
                'technologies': 'web technologies',
            },
            'deal': {
                'deal_id': 'record id|deal id|id|hs object id',
                'stage': 'deal pipeline stage id|dealstage',
                'amount': 'amount in home currency|amount in company currency|amount',
                'owner_id': 'owner id|hubspot owner id|deal owner',
                'reason': 'closed lost reason',
                'contact_ids': 'associated contact ids',
                'merged_ids': 'hs merged object ids|merged record ids|merged deal ids',
                'is_deleted': 'is deleted|fivetran deleted|archived',
                'is_won': 'hs is closed won|is closed won',
                'is_lost': 'hs is closed lost|is closed lost',
                'is_closed': 'hs is closed|is deal closed',
                'entered_at': 'hs v2 date entered current stage|date entered current stage'
                    ~ '|createdate|createdat',
                'closed_at': 'hs v2 date entered current stage|date entered current stage'
                    ~ '|closedate',
            },
            'deals_archived': {'deal_id': 'deal id|id', 'put_aside': '=archived'},
            'merged_deal': {'deal_id': 'merged deal id', 'put_aside': '=merged into another'},
            'deal_contact': {'deal_id': '', 'lead_id': 'contact id'},
            'deal_stage': {
                'deal_id': '', 'stage': 'value', 'entered_at': 'date entered|fivetran start',
            },
            'deal_pipeline_stage': {
                'stage': 'stage id', 'label': '', 'is_won': 'closed won', 'is_closed': '',
                'probability': '',
            },
            'owner': {'owner_id': 'owner id|id', 'email': ''},
            'email_event': {
                'event_id': 'id', 'type': '', 'occurred_at': 'created', 'address': 'recipient',
                'is_bot': 'filtered event', 'campaign_id': 'email campaign id',
                'replaced_by_id': 'obsoleted by id', 'channel': '=email',
            },
            'email_event_click': {'event_id': 'id', 'url': '', 'user_agent': ''},
            'email_event_open': {'event_id': 'id', 'user_agent': ''},
            'email_event_bounce': {'event_id': 'id', 'category': ''},
            'email_event_status_change': {
                'event_id': 'id', 'status': 'portal subscription status',
            },
            'email_campaign': {'campaign_id': 'id', 'name': ''},
            'engagement': {
                'engagement_id': 'id', 'type': 'type|engagement type',
                'created_at': 'created at|timestamp',
            },
            'engagement_contact': {
                'lead_id': 'contact id', 'engagement_id': '', 'type': 'engagement type',
                'channel': '=sales',
            },
            'engagement_meeting': {
                'engagement_id': '', 'start_at': 'start time|hs meeting start time', 'title': '',
                'outcome': 'meeting outcome|hs meeting outcome',
            },
        },
        'salesforce': {
            'lead': dict(person, **{
                'lead_id': 'id|lead id',
                'company_name': 'company|company / account',
                'account_id': 'converted account id',
                'employee_count': 'number of employees|no. of employees|employees',
                'country': 'country|country code',
                'region': 'state|state/province|state code',
                'city': '',
                'status': 'status|lead status',
                'is_converted': 'is converted|converted',
                'merged_into_lead_id': 'master record id|converted contact id|contact id',
                'deal_id': 'converted opportunity id|opportunity id',
                'converted_at': 'converted date',
            }),
            'contact': dict(person, **{
                'lead_id': 'id|contact id',
                'company_name': 'account name|company',
                'account_id': '',
                'employee_count': '',
                'country': 'mailing country|mailing country code|country',
                'region': 'mailing state|mailing state/province|mailing state code|state',
                'city': 'mailing city|city',
            }),
            'account': {
                'account_id': 'id|account id',
                'updated_at': 'last modified date|last modified|system modstamp',
                'company_name': 'name|account name',
                'company_domain': 'website',
                'industry': '',
                'employee_count': 'number of employees|employees',
                'annual_revenue': '',
            },
            'campaign': {
                'campaign_id': 'id|campaign id', 'name': 'name|campaign name',
                'type': 'type|campaign type',
            },
            'campaign_member': {
                'event_id': 'id|campaign member id|member id', 'campaign_id': '',
                'lead_id': 'lead id|contact id', 'type': 'status|member status', 'is_deleted': '',
                'occurred_at': 'first responded date|created date', 'kind': '=campaign',
                'is_closed': '=true',
            },
            'task': {
                'event_id': 'id|activity id', 'lead_id': 'who id', 'asset': 'subject',
                'type': 'task subtype|type|task type', 'call_type': '',
                'is_closed': 'is closed|closed', 'is_deleted': '', 'occurred_at':
                    'completed date time|completed date|activity date|due date|last modified date',
                'quantity': 'call duration in seconds', 'kind': '=task', 'channel': '=sales',
            },
            'event': {
                'event_id': 'id|activity id', 'lead_id': 'who id', 'asset': 'subject', 'type': '',
                'is_deleted': '', 'is_closed': '=true', 'kind': '=event', 'channel': '=sales',
                'occurred_at': 'start date time|activity date time|start|activity date',
            },
            'opportunity': {
                'deal_id': 'id|opportunity id', 'account_id': '', 'lead_id': 'contact id',
                'amount': '', 'stage': 'stage name|stage', 'is_won': 'is won|won',
                'is_closed': 'is closed|closed', 'is_deleted': '',
                'owner_id': 'owner id|opportunity owner',
                'reason': 'loss reason|loss reason c|lost reason', 'created_at': 'created date',
                'entered_at': 'created date', 'closed_at': 'last stage change date|close date',
            },
            'opportunity_history': {
                'deal_id': 'opportunity id|id', 'stage': 'stage name|to stage',
                'entered_at': 'fivetran start|created date|last modified', 'amount': '',
            },
            'opportunity_contact_role': {
                'deal_id': 'opportunity id', 'lead_id': 'contact id',
                'is_primary': 'is primary|primary', 'is_deleted': '', 'created_at': 'created date',
            },
            'opportunity_stage': {
                'stage': 'master label|api name', 'is_won': '', 'is_closed': '',
            },
            'lead_history': {
                'lead_id': '', 'field': '', 'stage': 'new value',
                'occurred_at': 'created date|fivetran start',
            },
            'users': {'owner_id': 'id', 'email': ''},
            'fivetran_formula': {'object': '', 'field': ''},
        },
        'segment': {
            'users': dict(traits, **{
                'user_id': 'id', 'occurred_at': 'received at', 'told_by': '=users',
            }),
            'identifies': dict(traits, **{
                'event_id': 'id', 'device_id': 'anonymous id', 'user_id': '',
                'event_name': '=identify', 'occurred_at': 'timestamp|received at',
                'loaded_at': 'received at', 'told_by': '=identifies',
            }),
            'pages': dict(hit, **{
                'event_name': '=page', 'url': 'url|context page url', 'asset': 'name|title',
            }),
            'screens': dict(hit, **{'event_name': '=screen', 'url': 'path', 'asset': 'name'}),
            'tracks': dict(hit, **{
                'event_name': 'event|event text', 'occurred_at': 'timestamp|received at',
                'url': 'context page url', 'asset': 'context page title',
            }),
            'aliases': {
                'event_id': 'id|message id', 'device_id': 'previous id', 'user_id': '',
                'event_name': '=identify', 'occurred_at': 'timestamp|received at',
            },
        },
        'snowplow': {
            'events': {
                'event_id': '', 'event_format': 'event', 'event_name': '', 'action': 'se action',
                'user_id': '', 'cookie_id': 'domain userid', 'derived_at': 'derived tstamp',
                'collected_at': 'collector tstamp', 'load_at': 'load tstamp',
                'enriched_at': 'etl tstamp', 'platform': '', 'medium': 'mkt medium',
                'url': 'page url', 'title': 'page title', 'label': 'se label',
                'quantity': 'se value', 'session_id': 'domain sessionid',
                'user_agent': '',
                'client_session': 'contexts com snowplowanalytics snowplow client session 1 0 0'
                    ~ '|contexts com snowplowanalytics snowplow client session 1',
                'robot': 'contexts com iab snowplow spiders and robots 1 0 0'
                    ~ '|contexts com iab snowplow spiders and robots 1',
                'agent': 'contexts nl basjes yauaa context 1 0 0'
                    ~ '|contexts nl basjes yauaa context 1',
                'identity_json': 'contexts com snowplowanalytics snowplow identity 2'
                    ~ '|contexts com snowplowanalytics snowplow identity 1',
                'merge_json': 'unstruct event com snowplowanalytics snowplow identity merge 2'
                    ~ '|unstruct event com snowplowanalytics snowplow identity merge 1',
            },
        },
        'ga4': {
            'event': {
                'event_name': 'event name|name', 'happened_at': 'event timestamp|timestamp',
                'day': 'event date|date', 'user_id': '', 'browser_id': 'user pseudo id',
                'stream_id': '', 'platform': '', 'parameters': 'event params',
                'page_id': 'batch page id', 'ordering_id': 'batch ordering id',
                'event_index': 'batch event index',
                'bundle_id': 'event bundle sequence id|bundle sequence id',
                'is_intraday': '', 'shard': 'table suffix',
                'page': 'param page location', 'title': 'param page title|param file name',
                'session': 'param ga session id',
                'medium': 'collected traffic source manual medium|param medium',
                'quantity': 'param engagement time msec',
            },
        },
        'marketo': {
            'lead': {
                'lead_id': 'id|lead id',
                'created_at': 'created at|created',
                'updated_at': 'updated at|updated',
                'email': 'email|email address',
                'first_name': '',
                'last_name': '',
                'job_title': 'title|job title',
                'company_name': 'company|company name',
                'company_domain': 'website',
                'industry': '',
                'employee_count': 'number of employees|num employees',
                'annual_revenue': '',
                'country': 'country|inferred country',
                'region': 'state|inferred state region',
                'city': 'city|inferred city',
                'lead_source': 'lead source|original source type',
                'crm_id': 'sfdc contact id|sfdc lead id',
                'is_deleted': 'fivetran deleted',
            },
            'activity_change_data_value': {
                'lead_id': '', 'occurred_at': 'activity date', 'reason': '',
                'attribute': 'primary attribute value', 'stage': 'new value',
            },
            'activity_merge_leads': {
                'lead_id': '', 'merged_ids': 'merge ids', 'merged_at': 'activity date',
            },
            'activity_delete_lead': {'lead_id': '', 'gone_at': 'activity date'},
            'activity_new_lead': {'lead_id': '', 'created_at': 'activity date'},
        },
    } %}
    {%- for name in [
        'visit_webpage', 'fill_out_form', 'click_link', 'open_email', 'click_email',
        'email_bounced', 'unsubscribe_email', 'receive_sales_email', 'interesting_moment',
        'change_status_in_progression',
    ] %}
        {%- do columns.marketo.update({'activity_' ~ name: dict(activity, **{
            'event_name': '=' ~ name, 'channel': '=email' if 'email' in name else '=web',
        })}) %}
    {%- endfor %}
    {{ return(columns[tool]) }}
{% endmacro %}
