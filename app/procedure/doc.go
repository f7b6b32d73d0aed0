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
// nothing can be done to it; a result that comes from outside (review, pass, return) can always be recorded on what was
// sent in. Both the act taken back and the undo stay in the case.
//
// A return may reopen settled tasks that the returned one needs ([State.Reopenable], Act.Reopens): they are returned and
// can be done again, and the returned task is blocked until they are settled. The undo of the return closes them again,
// unless they have newer acts. [State.Rounds] is the history of a reviewed task; [Words.Suggest] guesses what a reviewer
// means.
//
// What the portal itself can take back (撤回, 撤销升级) is data on the task ([Withdraw]): it is done in the portal and
// recorded here by undo with a reason. A case in which nothing stands any more may be dropped ([State.CanDrop]).
//
// A flow says what it asks and requires when it is begun ([Flow.Begin]: kinds, only, requires, excludes, inputs) and what
// a finished case changes ([State.Effects]); nobody here changes the app. Requirements refuse what is known to be
// otherwise and let the unknown pass.
//
// Flows are versioned: [Library.With] adds imported ones, [Diff] compares two versions task by task, [Moving] moves a
// running case over and back. Acts that the other version does not know stay in the case and are notices
// ([State.Stray], [State.Aside]).
//
// [PortalStates] says what the states of the portal mean and why a button is greyed. They stand beside our own statuses:
// [State.PortalNotice] compares, and nothing is derived from them.
//
// The package reads no clock and no file: times come in as arguments, findings as listing.Finding from whoever checks.
// Everything a screen shows ([CaseView], [TaskView], [Wait], [NextView], [FlowView]) has only strings, numbers and lists.
package procedure
