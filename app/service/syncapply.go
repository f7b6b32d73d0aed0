package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/listing"
	"shangjiatong/store/snapshot"
)

// errDry ends a transaction that was only tried out.
var errDry = errors.New("dry run")

// Apply applies lines of a plan: all of them in one transaction, after a snapshot, or nothing. A line of which the app
// or the case has changed since the comparison is refused.
func (s *Sync) Apply(ctx context.Context, in SyncApply) (SyncApplied, error) {
	by, err := s.operator(ctx)
	if err != nil {
		return SyncApplied{}, err
	}
	out, err := s.try(ctx, in, by)
	if err != nil || in.DryRun {
		return out, err
	}
	id, err := s.before(ctx, snapshot.Bulk, "同步平台状态")
	if err != nil {
		return SyncApplied{}, err
	}
	err = s.change(ctx, "同步平台状态", "", func(w listing.Writer) (err error) {
		out, err = s.applyIn(w, in, by)
		return err
	})
	out.Snapshot = id
	if err != nil {
		return SyncApplied{}, err
	}
	return out, nil
}

// try goes through the whole of it and lets nothing stay.
func (s *Sync) try(ctx context.Context, in SyncApply, by string) (out SyncApplied, err error) {
	err = s.change(ctx, "试做同步", "", func(w listing.Writer) (err error) {
		if out, err = s.applyIn(w, in, by); err == nil {
			err = errDry
		}
		return err
	})
	if errors.Is(err, errDry) {
		return out, nil
	}
	return SyncApplied{}, err
}

func (s *Sync) applyIn(w listing.Writer, in SyncApply, by string) (SyncApplied, error) {
	out := SyncApplied{PlanID: in.PlanID, Lines: []SyncLine{}, Done: []string{}, Notices: []string{}, Adopted: []BulkApp{}}
	rec, err := s.loadPlan(w, in.PlanID)
	if err != nil {
		return out, err
	}
	plan, err := s.compare(w, rec)
	if err != nil {
		return out, err
	}
	lines, err := chosenLines(plan, rec, in.Lines)
	if err != nil {
		return out, err
	}
	do := applying{Sync: s, w: w, in: in, by: by, rec: rec, out: &out}
	if err := do.all(lines); err != nil {
		return out, err
	}
	rec.AppliedAt, rec.AppliedBy, rec.Done = s.stamp(), by, append(rec.Done, out.Done...)
	if plan, err = s.compare(w, rec); err != nil {
		return out, err
	}
	rec.Prints = prints(plan)
	return out, w.Put(rec)
}

// chosenLines picks the lines to apply, in the order of the plan, and refuses what cannot be applied or has changed.
func chosenLines(plan SyncPlan, rec listing.SyncPlan, ids []string) ([]SyncLine, error) {
	if len(ids) == 0 {
		return nil, listing.Fail(listing.CodeInvalid, "没有选择要采用的内容", "请先勾选")
	}
	var out []SyncLine
	var stale []string
	known := map[string]SyncLine{}
	for _, r := range plan.Rows {
		for _, l := range r.Lines {
			known[l.ID] = l
			if slices.Contains(ids, l.ID) {
				out = append(out, l)
			}
		}
	}
	for _, id := range ids {
		l, ok := known[id]
		switch was, planned := rec.Prints[id]; {
		case !planned:
			return nil, listing.Failf(listing.CodeNotFound, "请从最新的比对结果里选择", "这次比对里没有“%s”", id)
		case !ok:
			stale = append(stale, id)
		case was != l.Fingerprint:
			stale = append(stale, l.AppName+" "+l.Label)
		case l.Why != "":
			return nil, listing.Failf(listing.CodeRefused, l.Hint, "“%s %s”不能采用：%s", l.AppName, l.Label, l.Why)
		case l.After != "" && !slices.Contains(ids, l.After):
			return nil, listing.Failf(listing.CodeRefused, "请把前一项一起勾选", "“%s %s”要和前一项“%s”一起采用", l.AppName, l.Label, known[l.After].ActWord)
		}
	}
	if len(stale) > 0 {
		return nil, listing.Failf(listing.CodeConflict, "请重新比对，看过之后再采用", "比对之后这里的资料变过，什么也没有写入：%s", strings.Join(stale, "、"))
	}
	return out, nil
}

// applying is one application of lines under way.
type applying struct {
	*Sync
	w   listing.Writer
	in  SyncApply
	by  string
	rec listing.SyncPlan
	out *SyncApplied
}

// all applies lines: first what changes the apps, each put once, then the acts of their cases.
func (d applying) all(lines []SyncLine) error {
	byApp := map[string][]SyncLine{}
	var order []string
	for _, l := range lines {
		switch l.Kind {
		case SyncField:
			if byApp[l.AppID] == nil {
				order = append(order, l.AppID)
			}
			byApp[l.AppID] = append(byApp[l.AppID], l)
		case SyncAdopt:
			if err := d.adopt(l); err != nil {
				return err
			}
		case SyncVersion:
			if err := d.version(l); err != nil {
				return err
			}
		}
	}
	for _, id := range order {
		if err := d.fields(id, byApp[id]); err != nil {
			return err
		}
	}
	for _, l := range lines {
		if l.Kind != SyncAct {
			continue
		}
		if err := d.act(l); err != nil {
			return err
		}
	}
	return nil
}

func (d applying) did(l SyncLine, format string, args ...any) {
	d.out.Lines = append(d.out.Lines, l)
	d.out.Done = append(d.out.Done, fmt.Sprintf(format, args...))
}

// fields takes the values of one app over.
func (d applying) fields(appID string, lines []SyncLine) error {
	a, err := listing.Load[listing.App](d.w, appID)
	if err != nil {
		return err
	}
	for _, l := range lines {
		at := localAt(&a, l.Key)
		if at == nil {
			a.Kind = listing.AppKind(l.Result)
		} else {
			*at = l.Result
		}
		if strings.HasPrefix(l.Key, "app.portal.") {
			a.Portal.SeenAt, a.Portal.SeenBy = d.stamp(), d.by
		}
		if l.Local == "" {
			d.did(l, "%s：%s填为“%s”", a.Name, l.Label, l.Result)
			continue
		}
		d.did(l, "%s：%s由“%s”改为“%s”", a.Name, l.Label, l.Local, l.Result)
	}
	whole(&a)
	a.UpdatedAt = d.after(a.UpdatedAt)
	return d.w.Put(a)
}

// adopt makes a new app of a row.
func (d applying) adopt(l SyncLine) error {
	apps, err := listing.All[listing.App](d.w)
	if err != nil {
		return err
	}
	all := d.sightings(d.rec)
	d.match(all, apps, d.rec.Choices)
	row, _, _ := strings.Cut(l.ID, ".")
	for _, rows := range group(all) {
		if rowID(rows[0]) != row {
			continue
		}
		a := (&comparing{core: d.core}).newApp(rows)
		if err := nameFree(d.w, "", a.Name); err != nil {
			return err
		}
		u, err := unit(d.w)
		if err != nil {
			return err
		}
		a.ID, a.CreatedAt, a.UpdatedAt = uuid.NewString(), d.stamp(), d.stamp()
		a.Portal.SeenAt, a.Portal.SeenBy = d.stamp(), d.by
		(&Apps{d.core}).fillDefaults(&a, u)
		whole(&a)
		d.out.Adopted = append(d.out.Adopted, BulkApp{ID: a.ID, Name: a.Name})
		d.did(l, "收为新应用：%s", a.Name)
		return d.w.Put(a)
	}
	return listing.Failf(listing.CodeConflict, "请重新比对", "“%s”这一行已经有了应用，什么也没有写入", l.AppName)
}

// version keeps a version of an app's code as the hosting platform shows it.
func (d applying) version(l SyncLine) error {
	for _, t := range d.rec.Tables {
		spec := d.forms.Table(t.Table)
		if t.AppID != l.AppID || spec == nil || spec.Version == "" {
			continue
		}
		for _, v := range versionsIn(d.forms, spec, t) {
			if "version."+v.Version != l.Key {
				continue
			}
			if err := d.seeVersion(d.w, l.AppID, v, d.by); err != nil {
				return err
			}
			d.did(l, "%s：版本 %s，%s", l.AppName, v.Version, l.Result)
			return nil
		}
	}
	return listing.Failf(listing.CodeConflict, "请重新比对", "读到的内容里没有%s，什么也没有写入", l.Label)
}

// seeVersion keeps what the hosting platform shows of a version; what we know of it besides stays.
func (c *core) seeVersion(w listing.Writer, appID string, seen listing.CodeVersion, by string) error {
	id := versionID(appID, seen.Version)
	v, err := listing.Load[listing.CodeVersion](w, id)
	if err != nil && listing.CodeOf(err) != listing.CodeNotFound {
		return err
	}
	v.ID, v.AppID, v.Version = id, appID, seen.Version
	v.Compile, v.Online, v.SeenAt, v.SeenBy = seen.Compile, seen.Online, c.stamp(), by
	if seen.Preview != "" {
		v.Preview = seen.Preview
	}
	if seen.UpdatedAt != "" {
		v.UpdatedAt = seen.UpdatedAt
	}
	return w.Put(v)
}

// act does an act of a running case, with what was read as its proof.
func (d applying) act(l SyncLine) error {
	reason := l.Reason
	if given := strings.TrimSpace(d.in.Reasons[l.ID]); given != "" {
		reason = given
	}
	note := fmt.Sprintf("%s 从治理侧列表读到：%s 的状态是“%s”", d.stamp()[:16], l.AppName, l.Portal)
	proofs := []listing.Proof{{ID: uuid.NewString(), Task: l.Task, Note: note, By: d.by, At: d.stamp()}}
	notices, err := (&Cases{d.core}).apply(d.w, former{caseID: l.CaseID, appID: l.AppID},
		ActRequest{AppID: l.AppID, Task: l.Task, Act: l.Act, Reason: reason, Reopens: d.in.Reopens[l.ID]}, proofs, d.by)
	if err != nil {
		return err
	}
	d.out.Notices = append(d.out.Notices, notices...)
	d.did(l, "%s：%s %s", l.AppName, l.ActWord, l.Label)
	return nil
}
