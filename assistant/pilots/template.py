"""A pilot file to begin with."""

TEMPLATE = """\
# A pilot. Three lines are enough to begin: outcome, group, by when. The rest can come later; write
# "unknown" where nobody knows. Numbers as you write them: 20%, 1,200, $12k, 4 months.
title: More second meetings in the East team
outcome:
  metric: second-meeting rate     # one of the metrics library, or your own with kind and unit
  baseline: 22%
  target: 35%
  by: 2027-06-30
  opportunities: 60               # chances to succeed in that time: first meetings, deals, new hires
  cycle_days: 90                  # how long a sale takes in this group
  source: the CRM, meetings with a date
  owner: Sales operations
group:
  name: East team
  size: 8
  why: their manager asked for it
sponsor: Dana Reyes
learning_owner: Kim Osei
manager: Luis Marten
decision_owner: Dana Reyes
start: 2027-03-01
checkpoints: [2027-03-29, 2027-04-26, 2027-05-31]
problem: first meetings go well and lead nowhere
why_now: the pipeline for the second half starts here
payoff: six more open deals a quarter
behaviours:                       # the counterpart's words; blank until they were asked
  - text: asks for the date of the next meeting before the first one ends
    seen: the date is in the CRM the same day
stop_doing: sending the deck afterwards instead
why_not_today: they fear to sound pushy
other_causes: some leads are simply too small
tried: a workshop last autumn
constraints: nothing in the last two weeks of the quarter
hours_per_rep: 3
leading:
  - name: meetings that end with a date
    source: the manager listens to two calls a week
    owner: Luis Marten
comparison:                       # or: none, with the reason
  name: West team
  size: 8
  opportunities: 60
  why: same product, same kind of leads, same tenure
reinforcement:
  - what: asks in the Monday call for one meeting that ended with a date
    owner: Luis Marten
    cadence: every week
no_progress: the manager hears no difference after four weeks
hypothesis: if they ask for the date, more of the first meetings lead to a second
rules:
  go: 30% or more on 30 June
  conditional: between 25% and 30%, go on for six weeks
  stop: no better than 22% on 31 May
  stop_on: 2027-05-31
  stop_at: 22%
evidence: at least 40 first meetings counted
risks: [a reorganisation in May]
story_plan: one call a fortnight, told by the rep
activities:
  - what: two call reviews a week with the manager
    minutes: 30
"""
