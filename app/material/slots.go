package material

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// addSlots adds the user's own files, a docx to start from where one is missing, and the sealed scans still to come.
func (w *workshop) addSlots() {
	for i := range w.in.Forms.Slots {
		slot := &w.in.Forms.Slots[i]
		att, given := w.in.Dossier.App.Attachments[slot.ID]
		switch {
		case given:
			w.products = append(w.products, w.attached(slot, att))
		case slot.Skeleton:
			w.products = append(w.products, w.skeletonProduct(slot))
		case w.asked(slot):
			w.products = append(w.products, w.missing(slot))
		}
	}
}

// asked tells whether a file that is not there is worth saying so.
func (w *workshop) asked(slot *forms.Slot) bool {
	if slot.ID == "other" {
		return false
	}
	return slot.ScanOf == "" || len(w.in.Dossier.App.Components) > 0 || slot.ScanOf != "form-2"
}

func (w *workshop) slotProduct(slot *forms.Slot, kind, state string) *product {
	return &product{Item: Item{ID: slotPrefix + slot.ID, Title: slot.Title, Kind: kind, State: state, StateWord: stateWord(state),
		Missing: []string{}, Slot: slot.ID}, owner: w.know.slotOwner(slot.ID), listed: slot.Listed, sealed: slot.Sealed || slot.ScanOf != ""}
}

func (w *workshop) attached(slot *forms.Slot, att listing.Attachment) *product {
	p := w.slotProduct(slot, kindAttachment, stateAttached)
	p.FileName, p.Note, p.kept = w.slotFile(slot, extension(att)), "原文件名："+att.Name, &att
	return p
}

// slotFile is where the file of a slot lies in the package. Each scan has a folder of its own.
func (w *workshop) slotFile(slot *forms.Slot, ext string) string {
	name := document.SafeName(slot.Title + ext)
	if slot.ScanOf == "" {
		return w.know.AttachmentFolder + "/" + name
	}
	return w.know.ScanFolder + "/" + document.SafeName(strings.TrimSuffix(slot.Title, "（盖章扫描件）")) + "/" + name
}

// extension follows what the file is, not what it is called.
func extension(att listing.Attachment) string {
	switch att.Type {
	case "doc", "docx", "pdf", "xlsx", "xls", "png", "jpg", "zip", "html":
		return "." + att.Type
	case "text":
		return ".txt"
	}
	return strings.ToLower(path.Ext(document.SafeName(att.Name)))
}

func (w *workshop) skeletonProduct(slot *forms.Slot) *product {
	p := w.slotProduct(slot, kindDocx, stateIncomplete)
	p.FileName, p.Previewable = w.know.AttachmentFolder+"/"+document.SafeName(slot.Title+"（待完善）.docx"), true
	p.Note = "自带框架，写好后在此上传"
	if slot.Sealed {
		p.Note = "自带框架，写好、盖章后在此上传"
	}
	if slot.Optional {
		p.Note += "；不涉及的可以不提供"
	}
	p.make = func(context.Context) ([]byte, error) { return w.fill(p.ID, nil) }
	return p
}

func (w *workshop) missing(slot *forms.Slot) *product {
	p := w.slotProduct(slot, kindAttachment, stateMissing)
	switch {
	case slot.ScanOf != "":
		p.StateWord, p.Note = "待盖章扫描", "打印对应的表，盖章后扫描上传"
	case slot.ID == "plan":
		p.Note = "有建设方案的请上传 doc、docx 或 pdf"
	default:
		p.Note = "请上传 " + strings.Join(slot.Types, "、")
	}
	return p
}

// readKept reads a whole attachment; it is checked against what was kept.
func (w *workshop) readKept(att *listing.Attachment) ([]byte, error) {
	r, err := w.openKept(att)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, unreadable(att, err)
	}
	return body, sameAs(att, document.DigestOf(body))
}

func (w *workshop) openKept(att *listing.Attachment) (io.ReadCloser, error) {
	if w.in.OpenBlob == nil {
		return nil, unreadable(att, errors.New("no way to open attachments"))
	}
	r, err := w.in.OpenBlob(att.SHA256)
	if err != nil {
		return nil, unreadable(att, err)
	}
	return r, nil
}

func unreadable(att *listing.Attachment, cause error) error {
	return listing.Failf(listing.CodeUnreadable, "请在“材料包”里重新上传这个附件", "读不了附件“%s”", att.Name).Because(cause)
}

func sameAs(att *listing.Attachment, d document.Digest) error {
	if d.SHA256 == att.SHA256 {
		return nil
	}
	return listing.Failf(listing.CodeDamaged, "请在“材料包”里重新上传这个附件", "附件“%s”的内容与上传时不一样了", att.Name)
}
