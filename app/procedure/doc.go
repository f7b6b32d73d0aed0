// Package procedure knows how an application gets listed: which tasks a flow has, who does them and where, what has to
// come first, what may be done to a task in its present state, what comes next, and how long a wait still takes.
//
// A [Flow] (流程) is versioned data in the folder flows; [Embedded] reads it, [Parse] checks it. The flow has stages in
// order (阶段) and tasks in each (事项). Which tasks an application has depends on its [Shape]: [Flow.Plan] leaves out the
// tasks the kind does not have.
//
// A case (办件, listing.Case) is a list of acts and nothing else: [Plan.Replay] derives the status of every task from
// them, so that there is no second truth to go stale. [State.Can] says whether an act fits, [State.Apply] appends it;
// both read the one table in rule.go:
//
//	act       word         from                     to                       needs besides
//	fill      填写         open                     in_progress or filled
//	generate  生成         open                     generated                the task has materials
//	submit    登记提交     open                     submitted                reviewed task; no blocking finding of its gates
//	review    登记审核中   submitted                in_review
//	pass      登记通过     submitted, in_review     passed
//	return    登记退回     submitted, in_review     returned                 a reason
//	confirm   登记办结     open                     done                     unreviewed task; gates as submit; a proof
//	skip      不适用       open                     not_applicable           the flow allows it; a reason
//	undo      撤回上一步   any with a live act      as before that act       a reason; no later task depends on it
//
// Open are not_started, in_progress, filled, generated and returned. A task whose needs are not settled is blocked, and
// nothing can be done to it. Both the act taken back and the undo stay in the case.
//
// The package reads no clock and no file: times come in as arguments, findings as listing.Finding from whoever checks.
// Everything a screen shows ([CaseView], [TaskView], [Wait], [NextView]) has only strings, numbers and lists.
package procedure
