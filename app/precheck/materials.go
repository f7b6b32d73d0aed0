package precheck

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

const megabyte = 1 << 20

// planFile decides RULE-8 over every place for files that names the rule; a file not given is fine.
func planFile(q *inquiry) {
	for i := range q.book.catalogue.Slots {
		slot := &q.book.catalogue.Slots[i]
		file, given := q.App.Attachments[slot.ID]
		if slot.Rule == q.rule.ID && given {
			q.checkFile("app."+slot.ID, slot, file)
		}
	}
}

func (q *inquiry) checkFile(field string, slot *forms.Slot, file listing.Attachment) {
	name, types := quote(file.Name), strings.Join(slot.Types, "、")
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(file.Name), "."))
	switch {
	case file.Size == 0:
		q.say("empty", field, "name", name)
	case file.Type == "":
		q.say("unread", field, "name", name)
	case !slices.Contains(slot.Types, file.Type):
		q.say("type", field, "name", name, "type", typeWord(file.Type), "types", types)
	case ext == "":
		q.say("no_extension", field, "name", name, "type", file.Type)
	case ext != file.Type:
		q.say("renamed", field, "name", name, "type", file.Type, "ext", quote("."+ext))
	}
	if file.Size > slot.MB*megabyte {
		q.say("size", field, "name", name, "size", megabytes(file.Size), "max", strconv.FormatInt(slot.MB, 10))
	}
}

func typeWord(t string) string {
	if t == "unknown" {
		return "认不出的格式"
	}
	return t
}

// megabytes writes a size rounded up to a tenth, so that what is over the limit never reads as the limit.
func megabytes(size int64) string {
	tenths := (size*10 + megabyte - 1) / megabyte
	return strconv.FormatFloat(float64(tenths)/10, 'f', -1, 64)
}
