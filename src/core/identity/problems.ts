// Everything that can be wrong with regions, roles, grants, passwords and sign-in, each with what to do about it.
// Always holds: an answer to a failed sign-in never says whether the login name or the password was wrong.

import { defineProblems } from '../../kernel/index.ts'

export const problem = defineProblems({
  // ---- the file of regions
  'identity.regions-too-large': {
    severity: 'red',
    zh: '区划文件有 {size}，超过上限 {limit}。',
    en: 'The file of regions has {size}, more than the limit of {limit}.',
    hint: { zh: '请只放本平台要用的省份。', en: 'Keep only the provinces this platform serves.' },
  },
  'identity.regions-heading': {
    severity: 'red',
    zh: '区划文件缺少“{missing}”。',
    en: 'The file of regions lacks "{missing}".',
    hint: {
      zh: '文件开头要有来源、许可、数据日期、历史起点和列名，请对照 regions/regions.csv。',
      en: 'It opens with source, licence, state, history and the names of the columns; compare regions/regions.csv.',
    },
  },
  'identity.region-row': {
    severity: 'red',
    zh: '这一行不合要求：{detail}',
    en: 'This row will not do: {detail}',
    hint: {
      zh: '一行至少有代码和名称，至多十格，不用引号。',
      en: 'A row has a code and a name, no more than ten cells, and no quotes.',
    },
  },
  'identity.region-cell': {
    severity: 'red',
    zh: '“{column}”一格的“{value}”不合要求。',
    en: '"{value}" will not do in the column {column}.',
    hint: { zh: '请按文件开头的说明改写。', en: 'Rewrite it as the head of the file says.' },
  },
  'identity.region-twice': {
    severity: 'red',
    zh: '代码 {code} 出现了两次。',
    en: 'The code {code} stands twice.',
    hint: { zh: '一个代码只留一行。', en: 'Keep one row for a code.' },
  },
  'identity.region-unknown': {
    severity: 'red',
    zh: '没有代码为 {code} 的区域。',
    en: 'There is no region with the code {code}.',
    hint: { zh: '请核对代码，或先把它加入区划表。', en: 'Check the code, or add the region first.' },
  },
  'identity.region-circle': {
    severity: 'red',
    zh: '{code} 的上级或后继绕回了自己。',
    en: 'Parents or successors of {code} lead back to itself.',
    hint: { zh: '请检查上级和后继两列。', en: 'Check the columns parent and successor.' },
  },

  // ---- the files of roles
  'identity.role-yaml': {
    severity: 'red',
    zh: '角色文件不是合格的 YAML：{detail}',
    en: 'The role file is not well-formed YAML: {detail}',
    hint: { zh: '请检查缩进、冒号后的空格和引号。', en: 'Check indentation, the space after a colon, and quotes.' },
  },
  'identity.role-key': {
    severity: 'red',
    zh: '角色文件的“{key}”一项{detail}',
    en: 'In the role file "{key}" will not do: {detail}',
    hint: { zh: '请对照 roles/ 里的其他文件改写。', en: 'Compare it with the other files in roles/.' },
  },
  'identity.role-name': {
    severity: 'red',
    zh: '文件名 {name} 与角色代码 {id} 不一致，或这个代码已有文件。',
    en: 'The file {name} does not bear the name of its role {id}, or another file has that id.',
    hint: { zh: '一个角色一个文件，文件名就是角色代码。', en: 'One file a role, named as the role is.' },
  },
  'identity.role-unknown': {
    severity: 'red',
    zh: '没有代码为 {role} 的角色。',
    en: 'There is no role {role}.',
    hint: { zh: '请从角色清单中选择。', en: 'Choose one of the roles that are listed.' },
  },
  'identity.role-conflict-one-sided': {
    severity: 'red',
    zh: '{role} 写明与 {other} 互斥，{other} 却没有写明。',
    en: '{role} names {other} as a conflict, but {other} does not name {role}.',
    hint: { zh: '互斥要两边都写。', en: 'A conflict is written on both sides.' },
  },

  // ---- grants
  'identity.role-may-not': {
    severity: 'red',
    zh: '角色“{role}”不能办理“{name}”。',
    en: 'The role "{roleEn}" may not run "{name}".',
    hint: { zh: '请换一个角色，或由有权的人办理。', en: 'Change the role, or ask somebody who may.' },
  },
  'identity.no-grant': {
    severity: 'red',
    zh: '您在 {date} 没有“{role}”的有效授权。',
    en: 'You hold no grant as "{roleEn}" on {date}.',
    hint: {
      zh: '请向安全管理员申请授权，或查看授权的起止日。',
      en: 'Ask the security officer, or look at the dates of your grants.',
    },
  },
  'identity.place-not-covered': {
    severity: 'red',
    zh: '您的授权不包括区域 {place}。',
    en: 'Your grant does not reach the region {place}.',
    hint: { zh: '请核对区域，或由该区域的人员办理。', en: 'Check the region, or ask the people of that region.' },
  },
  'identity.other-organisation': {
    severity: 'red',
    zh: '您的授权不包括单位 {organisation}。',
    en: 'Your grant is not for the organisation {organisation}.',
    hint: { zh: '请核对单位，或由该单位的人员办理。', en: 'Check the organisation, or ask its own people.' },
  },
  'identity.role-not-for-people': {
    severity: 'red',
    zh: '“{role}”不能授予个人。',
    en: '"{roleEn}" is not granted to people.',
    hint: { zh: '请选择别的角色。', en: 'Choose another role.' },
  },
  'identity.grant-period': {
    severity: 'red',
    zh: '授权的止日 {to} 早于起日 {from}。',
    en: 'The grant ends on {to}, before it begins on {from}.',
    hint: { zh: '请改正日期。', en: 'Correct the dates.' },
  },
  'identity.grant-wants-organisation': {
    severity: 'red',
    zh: '角色“{role}”要写明单位。',
    en: 'The role "{roleEn}" is granted for an organisation.',
    hint: { zh: '请选择单位。', en: 'Choose the organisation.' },
  },
  'identity.roles-conflict': {
    severity: 'red',
    zh: '同一个人不能既是“{role}”又是“{held}”。',
    en: 'One person may not be both "{roleEn}" and "{heldEn}".',
    hint: {
      zh: '请授予另一个人，或先收回原来的授权。',
      en: 'Grant it to somebody else, or revoke the other grant first.',
    },
  },
  'identity.stand-in-wants-end': {
    severity: 'red',
    zh: '代理要写明止日。',
    en: 'Standing in has an end.',
    hint: { zh: '请填写代理到哪一天。', en: 'Say until which day.' },
  },
  'identity.stand-in-without-grant': {
    severity: 'red',
    zh: '被代理人没有“{role}”在这一区域和单位的有效授权。',
    en: 'The absent person holds no grant as "{roleEn}" that reaches so far.',
    hint: {
      zh: '代理不能超过本人的授权，也不能转托。',
      en: 'A stand-in reaches no further than the person, and cannot be passed on.',
    },
  },

  // ---- login names and passwords
  'identity.login-name': {
    severity: 'red',
    zh: '登录名要有 {least} 到 {most} 个字符，以字母开头，只用小写字母、数字和 . - _。',
    en: 'A login name has {least} to {most} characters, begins with a letter, and has small letters, digits and . - _ only.',
    hint: {
      zh: '例如单位简称加编号：lyj-042；不要用手机号、身份证号。',
      en: 'For example the office and a number: lyj-042; no telephone or identity-card number.',
    },
  },
  'identity.login-name-reserved': {
    severity: 'red',
    zh: '“{name}”由系统保留。',
    en: '"{name}" is kept for the system.',
    hint: {
      zh: '请换一个登录名；一人一号，不设公用账号。',
      en: 'Choose another: one person, one account, none shared.',
    },
  },
  'identity.password-short': {
    severity: 'red',
    zh: '密码有 {length} 个字符，至少要 {least} 个。',
    en: 'The password has {length} characters; it needs {least}.',
    hint: { zh: '可以用一句话或几个词连起来。', en: 'A sentence or a few words in a row will do.' },
  },
  'identity.password-long': {
    severity: 'red',
    zh: '密码超过 {most} 个字符。',
    en: 'The password has more than {most} characters.',
    hint: { zh: '请缩短。', en: 'Shorten it.' },
  },
  'identity.password-classes': {
    severity: 'red',
    zh: '密码用了 {used} 类字符，至少要 {least} 类；还可以加：{missing}。',
    en: 'The password has {used} kinds of characters and needs {least}; still to choose from: {missingEn}.',
    hint: {
      zh: '四类是：小写字母、大写字母、数字、其他（汉字也算）。',
      en: 'The kinds are small letters, capitals, digits, and others (Chinese too).',
    },
  },
  'identity.password-has-login': {
    severity: 'red',
    zh: '密码里有登录名。',
    en: 'The password contains the login name.',
    hint: { zh: '请去掉登录名，倒着写也不行。', en: 'Leave the login name out, also backwards.' },
  },
  'identity.password-stock': {
    severity: 'red',
    zh: '密码是常见密码，或是连续、重复的字符（“{found}”）。',
    en: 'The password is a common one, or runs through neighbouring or equal characters ("{found}").',
    hint: { zh: '请换一个别人猜不到的。', en: 'Choose one that nobody would guess.' },
  },
  'identity.password-same': {
    severity: 'red',
    zh: '新密码与现在的或最近用过的相同。',
    en: 'The new password is the present one or one used lately.',
    hint: { zh: '请换一个没用过的。', en: 'Choose one not used before.' },
  },

  // ---- sign-in through an identity provider
  'identity.oidc-address': {
    severity: 'red',
    zh: '统一认证地址“{issuer}”不是 https 地址。',
    en: 'The address of the identity provider, "{issuer}", is no https address.',
    hint: {
      zh: '请管理员改正设置；http 只能用于本机。',
      en: 'Let the administrator correct it; http serves on this machine only.',
    },
  },
  'identity.oidc-unreachable': {
    severity: 'red',
    zh: '统一认证平台 {issuer} 连不上（{detail}）。',
    en: 'The identity provider {issuer} cannot be reached ({detail}).',
    hint: { zh: '请稍后再试，或用密码登录。', en: 'Try again later, or sign in with your password.' },
  },
  'identity.oidc-too-late': {
    severity: 'red',
    zh: '统一认证用时过长。',
    en: 'The sign-in at the identity provider took too long.',
    hint: { zh: '请重新登录。', en: 'Begin again.' },
  },
  'identity.oidc-refused': {
    severity: 'red',
    zh: '统一认证没有成功（{detail}）。',
    en: 'The sign-in through the identity provider failed ({detail}).',
    hint: {
      zh: '请重新登录；反复出现时请告诉管理员。',
      en: 'Begin again; if it happens repeatedly, tell the administrator.',
    },
  },

  // ---- sign-in and sessions
  'identity.sign-in-failed': {
    severity: 'red',
    zh: '登录名、密码或验证码不对。',
    en: 'The login name, the password or the one-time code is wrong.',
    hint: {
      zh: '请检查大小写和输入法；连错五次要等一刻钟。',
      en: 'Check capitals and the keyboard; five failures in a row mean a quarter of an hour of waiting.',
    },
  },
  'identity.sign-in-locked': {
    severity: 'red',
    zh: '连续登录失败，{minutes} 分钟后可以再试。',
    en: 'Too many failures; try again in {minutes} minutes.',
    hint: {
      zh: '忘记密码请找系统管理员重设。',
      en: 'If you have forgotten the password, let the administrator set a new one.',
    },
  },
  'identity.code-wanted': {
    severity: 'yellow',
    zh: '请输入验证器上的六位数字。',
    en: 'The one-time code of your authenticator is wanted.',
    hint: { zh: '打开手机上的验证器，抄下数字。', en: 'Open the authenticator and copy its six digits.' },
  },
  'identity.not-linked': {
    severity: 'red',
    zh: '这个统一认证身份没有关联本平台的账号。',
    en: 'This identity is not linked to an account here.',
    hint: { zh: '请系统管理员关联。', en: 'Let the administrator link it.' },
  },
  'identity.subject-not-linked': {
    severity: 'red',
    zh: '这个统一认证身份没有关联可用的账号。身份编号：{subject}',
    en: 'This identity is not linked to an account in use. Its number: {subject}',
    hint: {
      zh: '请用密码登录；或把身份编号告诉系统管理员，请其关联。',
      en: 'Sign in with your password, or tell the number to the administrator, who can link it.',
    },
  },
  'identity.session-ended': {
    severity: 'red',
    zh: '登录已失效。',
    en: 'The session has ended.',
    hint: { zh: '请重新登录。', en: 'Sign in again.' },
  },
  // ---- records of people and organisations
  'identity.regions-count': {
    severity: 'red',
    zh: '库中备好的区划与文件不符：{what} 应有 {want}，实有 {have}。',
    en: 'The regions filled in do not agree with the file: {what} should be {want} and are {have}.',
    hint: { zh: '请重新装载区划文件。', en: 'Load the file of regions again.' },
  },
  'identity.organisation-code': {
    severity: 'red',
    zh: '“{code}”不是正确的统一社会信用代码。',
    en: '"{code}" is not a right unified social credit code.',
    hint: {
      zh: '请对照营业执照或证书，共 18 位，没有 I、O、S、V、Z。',
      en: 'Compare the licence: 18 characters, none of I, O, S, V, Z.',
    },
  },
  'identity.organisation-twice': {
    severity: 'red',
    zh: '代码 {code} 已登记为“{name}”。',
    en: 'The code {code} is registered already as "{name}".',
    hint: { zh: '请直接使用已登记的单位。', en: 'Use the organisation that stands.' },
  },
  'identity.organisation-unknown': {
    severity: 'red',
    zh: '没有这个单位。',
    en: 'There is no such organisation.',
    hint: { zh: '请先登记单位。', en: 'Register the organisation first.' },
  },
  'identity.name-date': {
    severity: 'red',
    zh: '这个单位自 {date} 起已有名称“{name}”。',
    en: 'The organisation has a name from {date} on already: "{name}".',
    hint: { zh: '更名日期要晚于上一次。', en: 'A new name begins after the last one.' },
  },
  'identity.login-taken': {
    severity: 'red',
    zh: '登录名“{login}”已有人用。',
    en: 'The login name "{login}" is taken.',
    hint: { zh: '请加上单位简称或编号。', en: 'Add a short name of the office or a number.' },
  },
  'identity.person-unknown': {
    severity: 'red',
    zh: '没有这个人，或账号已停用。',
    en: 'There is no such person, or the account is disabled.',
    hint: { zh: '请先登记人员。', en: 'Register the person first.' },
  },
  'identity.person-there': {
    severity: 'red',
    zh: '账号现在就是这样，没有可改的。',
    en: 'The account is like that already.',
    hint: { zh: '请刷新后再看。', en: 'Reload and look again.' },
  },
  'identity.grant-unknown': {
    severity: 'red',
    zh: '没有这项授权，或已收回。',
    en: 'There is no such grant, or it is revoked.',
    hint: { zh: '请在授权清单中选择。', en: 'Choose one from the list of grants.' },
  },
  'identity.last-holder': {
    severity: 'red',
    zh: '这是最后一个“{role}”，收回后无人能再授权。',
    en: 'This is the last "{roleEn}"; without it nobody could grant again.',
    hint: { zh: '请先授予另一个人。', en: 'Grant it to somebody else first.' },
  },
  'identity.own-account-only': {
    severity: 'red',
    zh: '只能办理自己的账号。',
    en: 'This can be done for one’s own account only.',
    hint: { zh: '请本人办理，或由系统管理员办理。', en: 'Let the person do it, or the administrator.' },
  },
  'identity.no-self-grant': {
    severity: 'red',
    zh: '不能给自己授权。',
    en: 'Nobody grants to themselves.',
    hint: { zh: '请另一位安全管理员办理。', en: 'Let another security officer do it.' },
  },
  'identity.keeper-account': {
    severity: 'red',
    zh: '这个账号是“{role}”，与您的角色互斥，不能由您重设。',
    en: 'The account is that of a "{roleEn}", a role that excludes yours: you cannot open a way into it.',
    hint: {
      zh: '安全管理员由另一位安全管理员重设，审计员在服务器上重设。',
      en: 'Security officers help one another; an auditor is helped at the machine itself.',
    },
  },
  'identity.first-only': {
    severity: 'red',
    zh: '系统只设立第一个“{role}”。',
    en: 'The system sets up the first "{roleEn}" only.',
    hint: { zh: '请由已有的安全管理员授权。', en: 'Let the security officer grant it.' },
  },
  'identity.linked-already': {
    severity: 'red',
    zh: '这个统一认证身份已关联另一个账号。',
    en: 'This identity is linked to another account.',
    hint: { zh: '请先解除关联。', en: 'Unlink it first.' },
  },
})
