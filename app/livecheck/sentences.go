package livecheck

// The things the live check can say; data/rules.yaml holds the sentences.
const (
	sayOpenFailed     = "open.failed"
	sayOpenStatus     = "open.status"
	sayOpenBusy       = "open.busy"
	sayCodeMissing    = "code.missing"
	saySdkAbsent      = "sdk.absent"
	saySdkAddress     = "sdk.address"
	saySdkId          = "sdk.id"
	sayPvAbsent       = "pv.absent"
	sayPvRoute        = "pv.route"
	sayPvTwice        = "pv.twice"
	sayPvForm         = "pv.form"
	sayPvIgnored      = "pv.ignored"
	sayWaitingAbsent  = "waiting.absent"
	sayPvNested       = "pv.nested"
	sayValueType      = "value.type"
	sayHoldStart      = "hold.start"
	sayHoldAbsent     = "hold.absent"
	sayHoldUnused     = "hold.unused"
	sayOrderForgiven  = "order.forgiven"
	sayMetaSpace      = "meta.space"
	sayActionUnknown  = "action.unknown"
	sayQueueAnew      = "queue.anew"
	sayQueueCached    = "queue.cached"
	sayQueueLost      = "queue.lost"
	sayHostScheme     = "host.scheme"
	sayHostOutdated   = "host.outdated"
	sayHostWrong      = "host.wrong"
	sayHostUnset      = "host.unset"
	sayAppidWrong     = "appid.wrong"
	sayPvValue        = "pv.value"
	sayPvEmpty        = "pv.empty"
	sayPvIssued       = "pv.issued"
	sayUserAbsent     = "user.absent"
	sayUserLate       = "user.late"
	sayUserForeign    = "user.foreign"
	sayUserInvented   = "user.invented"
	sayLoginAbsent    = "login.absent"
	sayLoginForm      = "login.form"
	sayWpkAbsent      = "wpk.absent"
	sayWpkAddress     = "wpk.address"
	sayWpkCrossorigin = "wpk.crossorigin"
	sayWpkConstruct   = "wpk.construct"
	sayWpkValue       = "wpk.value"
	sayWpkInstall     = "wpk.install"
	sayWpkKept        = "wpk.kept"
	sayScriptSyntax   = "script.syntax"
	sayScriptError    = "script.error"
	sayPageDisturbs   = "page.disturbs"
	sayHostBlocked    = "host.blocked"
	sayHostOther      = "host.other"
	sayApiAnswered    = "api.answered"
	sayApiRelative    = "api.relative"
	sayApiLocal       = "api.local"
	sayFileMissing    = "file.missing"
	sayRealFailed     = "real.failed"
	sayRealUser       = "real.user"
)

func sentenceKeys() []string {
	return []string{
		sayOpenFailed, sayOpenStatus, sayOpenBusy, sayCodeMissing, saySdkAbsent, saySdkAddress, saySdkId, sayPvAbsent,
		sayPvRoute, sayPvTwice, sayPvForm, sayPvIgnored, sayWaitingAbsent, sayPvNested, sayValueType, sayHoldStart,
		sayHoldAbsent, sayHoldUnused, sayOrderForgiven, sayMetaSpace, sayActionUnknown, sayQueueAnew, sayQueueCached, sayQueueLost,
		sayHostScheme, sayHostOutdated, sayHostWrong, sayHostUnset, sayAppidWrong, sayPvValue, sayPvEmpty, sayPvIssued,
		sayUserAbsent, sayUserLate, sayUserForeign, sayUserInvented, sayLoginAbsent, sayLoginForm, sayWpkAbsent,
		sayWpkAddress, sayWpkCrossorigin, sayWpkConstruct, sayWpkValue, sayWpkInstall, sayWpkKept, sayScriptSyntax,
		sayScriptError, sayPageDisturbs, sayHostBlocked, sayHostOther, sayApiAnswered, sayApiRelative, sayApiLocal,
		sayFileMissing, sayRealFailed, sayRealUser,
	}
}
