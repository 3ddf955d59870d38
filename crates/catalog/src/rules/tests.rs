#![allow(clippy::unwrap_used)]

use super::*;
use crate::dataset::DatasetState;
use crate::department::Department;
use crate::testing::{metadata, slug};

fn of(department: &str, role: Role) -> Staff {
    Staff { name: format!("{department} {role}"), department: slug(department), role }
}

fn toilets() -> Dataset {
    Dataset {
        slug: slug("toilets"),
        metadata: metadata("toilets"),
        department: Department { slug: slug("mihon"), title: "【見本】課".to_owned(), title_en: None },
        state: DatasetState::Draft,
        version: 1,
        current: None,
        issued: None,
        modified: jiff::Timestamp::UNIX_EPOCH,
        former_id: None,
    }
}

/// What comes of a deed to a dataset of the department `mihon`: done, the code of the refusal, or its reason.
#[track_caller]
fn comes_of(staff: &Staff, deed: Deed, made_by: Option<&str>, expected: &str) {
    let outcome = match Rules::default().may(staff, deed, &toilets(), made_by) {
        Ok(()) => "done".to_owned(),
        Err(CatalogError::Forbidden(why)) => why.to_string(),
        Err(other) => other.refusal().unwrap().to_owned(),
    };
    assert_eq!(outcome, expected, "{staff:?} {deed:?}");
}

const MAKING: [Deed; 5] = [Deed::Describe, Deed::Upload, Deed::Answer, Deed::Submit, Deed::SeeDrafts];
const DECIDING: [Deed; 3] = [Deed::Publish, Deed::Return, Deed::Withdraw];
const RUNNING: [Deed; 2] = [Deed::SeeAudit, Deed::ManageTokens];

#[test]
fn an_editor_makes_and_submits_and_decides_nothing() {
    let editor = of("mihon", Role::Editor);
    MAKING.into_iter().for_each(|deed| comes_of(&editor, deed, None, "done"));
    DECIDING.into_iter().for_each(|deed| comes_of(&editor, deed, None, "this is for the role `approver`"));
    RUNNING.into_iter().for_each(|deed| comes_of(&editor, deed, None, "this is for the role `admin`"));
}

#[test]
fn an_approver_decides_for_their_own_department() {
    let approver = of("mihon", Role::Approver);
    MAKING.into_iter().for_each(|deed| comes_of(&approver, deed, None, "done"));
    DECIDING.into_iter().for_each(|deed| comes_of(&approver, deed, Some("somebody else"), "done"));
    RUNNING.into_iter().for_each(|deed| comes_of(&approver, deed, None, "this is for the role `admin`"));
}

#[test]
fn an_admin_decides_for_all_departments_and_runs_the_house() {
    let admin = of("dx", Role::Admin);
    for deed in MAKING.into_iter().chain(DECIDING).chain(RUNNING) {
        comes_of(&admin, deed, Some("somebody else"), "done");
    }
}

#[test]
fn what_is_anothers_is_not_there_whatever_is_wanted() {
    for role in [Role::Editor, Role::Approver] {
        for deed in MAKING.into_iter().chain(DECIDING).chain(RUNNING) {
            comes_of(&of("dx", role), deed, None, "no-such-dataset");
        }
    }
}

#[test]
fn nobody_publishes_their_own_work_but_they_may_take_it_back() {
    for staff in [of("mihon", Role::Approver), of("dx", Role::Admin)] {
        comes_of(&staff, Deed::Publish, Some(&staff.name), "nobody publishes what they made themselves");
        comes_of(&staff, Deed::Return, Some(&staff.name), "done");
        comes_of(&staff, Deed::Withdraw, Some(&staff.name), "done");
    }
}

#[test]
fn in_an_office_of_one_the_maker_publishes_if_their_role_lets_them() {
    let rules = Rules { maker_may_publish: true };
    let (approver, editor) = (of("mihon", Role::Approver), of("mihon", Role::Editor));
    rules.may(&approver, Deed::Publish, &toilets(), Some(&approver.name)).unwrap();
    assert!(rules.may(&editor, Deed::Publish, &toilets(), Some(&editor.name)).is_err());
}

#[test]
fn drafts_are_seen_by_their_department_and_by_admins() {
    let dataset = toilets();
    assert!(sees_drafts(Some(&of("mihon", Role::Editor)), &dataset));
    assert!(sees_drafts(Some(&of("dx", Role::Admin)), &dataset));
    assert!(!sees_drafts(Some(&of("dx", Role::Approver)), &dataset));
    assert!(!sees_drafts(None, &dataset));
}
