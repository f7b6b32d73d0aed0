package lint

import (
	_ "embed"
	"sync"

	"shangjiatong/app/tracking"
)

//go:embed data/rules.yaml
var rulesYAML []byte

// sentences are what the check says, parsed once.
var sentences = sync.OnceValues(func() (tracking.Book, error) { return tracking.ParseBook(rulesYAML, keys()) })

// keys are the things the check can say; each has its sentence in data/rules.yaml.
func keys() []string {
	return []string{
		"stray", "queue.renewed", "queue.kept", "unspaced.traffic", "unspaced.stability", "script.watermark", "name.lookalike",
		"script.broken", "stability.broken", "loader.none", "loader.copy", "loader.plain_http", "loader.spaces",
		"loader.no_id", "loader.other_id", "loader.not_async", "page.no_code", "page.script_lost", "page.passes_on", "page.library",
		"page.too_long", "host.none", "host.outdated", "host.scheme", "host.spaces", "host.other", "host.open",
		"app_id.none", "app_id.swapped", "app_id.mini", "app_id.foreign", "app_id.spaces", "agent.damaged", "waiting.none",
		"waiting.other", "key.traffic", "key.waiting", "key.hold", "key.user", "setting.no_value", "value.not_string",
		"value.encoding", "action.pv", "action.meta", "action.waiting", "action.hold", "action.user", "action.unknown",
		"pv.none", "page.no_pv", "pv.no_arguments", "pv.one_argument", "pv.not_object", "pv.no_auto", "pv.auto_true", "pv.auto_type",
		"pv.lacks_page", "pv.lacks_sapp", "pv.misspelt", "pv.nested", "pv.empty", "pv.placeholder", "pv.first_only",
		"sapp.empty", "sapp.placeholder", "sapp.open", "sapp.spaces", "sapp.other", "page_id.spaces", "page_id.personal",
		"page_id.unregistered", "page_id.repeated", "page_id.same", "page_name.personal", "page_name.underscore",
		"page_name.letters", "page_name.digits", "page_url.local", "page_url.test", "page_url.personal", "page_url.other",
		"table.missing", "hold.none", "hold.never_released", "hold.not_always", "hold.early", "hold.before_user",
		"hold.again", "hold.value", "order.before_block", "order.unheld", "order.after_start", "device.placeholder",
		"user.none", "user.placeholder", "user.personal", "user.fallback", "user.fixed", "user.not_account",
		"stability.none", "stability.no_script", "stability.script_outdated", "stability.script_other",
		"stability.script_spaces", "stability.no_crossorigin", "stability.not_made", "stability.not_tried",
		"stability.not_installed", "stability.not_kept", "stability.no_settings", "stability.lacks", "stability.open",
		"stability.not_string", "bid.placeholder", "bid.suffix", "bid.open", "bid.doubled", "bid.spaces", "bid.other",
		"signkey.open", "signkey.other", "gateway.outdated", "gateway.other", "encoding.broken", "encoding.undeclared",
		"encoding.gb", "encoding.contradicts", "password.field", "password.made", "password.maybe", "api.private",
		"api.mentioned", "api.relative", "cdn", "open.maybe", "open.release", "open.stopped", "open.unreadable",
		"site.no_pages", "site.no_pages_but_table", "left.used", "left.file", "left.more", "left.stopped",
	}
}
