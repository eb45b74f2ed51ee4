import { fieldAt, type Value } from '../value.ts';
import type { Weakness } from '../weakness.ts';
import { equals } from './conditions.ts';

/** The properties of a construct, the third argument; all of them known. */
function lacks(args: readonly Value[], name: string): boolean {
  const [, id, properties] = args;
  if (id === undefined || args.length < 2) return false;
  if (properties === undefined) return true;
  if (properties.objects.length === 0 || properties.objects.some(({ isOpen }) => isOpen)) return false;
  const property = fieldAt(properties, name);
  return property === undefined || equals(property, false);
}

const has = (args: readonly Value[], name: string, value: boolean): boolean => {
  const property = args[2] === undefined ? undefined : fieldAt(args[2], name);
  return property !== undefined && equals(property, value);
};

export const CLOUD_INFRASTRUCTURE: readonly Weakness[] = [
  {
    id: 'public-cloud-resource',
    cwe: 732,
    text: {
      title: 'A resource in the cloud is open to everyone',
      body: 'Everyone on the internet can read it. Give access to the accounts and services that need it.',
      severity: 'high',
      confidence: 0.8,
    },
    checks: [
      {
        calls: ['{aws-cdk-lib/aws-s3,@aws-cdk/aws-s3}.Bucket', 'aws-cdk-lib.aws_s3.Bucket'],
        when: ({ args }) => has(args, 'publicReadAccess', true),
      },
      { calls: ['**.Bucket().grantPublicAccess'], when: () => true },
      {
        calls: ['{aws-cdk-lib/aws-codebuild,@aws-cdk/aws-codebuild}.Project'],
        when: ({ args }) => has(args, 'badge', true),
      },
      {
        calls: ['{aws-cdk-lib/aws-rds,@aws-cdk/aws-rds}.{DatabaseInstance,DatabaseCluster}'],
        when: ({ args }) => has(args, 'publiclyAccessible', true),
      },
    ],
    bad: [
      "import * as s3 from 'aws-cdk-lib/aws-s3';\nnew s3.Bucket(this, 'data', { publicReadAccess: true });",
    ],
    good: [
      "import * as s3 from 'aws-cdk-lib/aws-s3';\nnew s3.Bucket(this, 'data', { enforceSSL: true, encryption: s3.BucketEncryption.S3_MANAGED });",
    ],
  },
  {
    id: 'unprotected-cloud-storage',
    cwe: 311,
    text: {
      title: 'Storage in the cloud takes plain connections, or is not encrypted',
      body: 'What is stored can then be read on the way or from the disk. Ask for encrypted connections (`enforceSSL: true`) and encryption at rest.',
      severity: 'low',
      confidence: 0.7,
    },
    checks: [
      {
        calls: ['{aws-cdk-lib/aws-s3,@aws-cdk/aws-s3}.Bucket', 'aws-cdk-lib.aws_s3.Bucket'],
        when: ({ args }) => lacks(args, 'enforceSSL'),
      },
      {
        calls: ['{aws-cdk-lib/aws-s3,@aws-cdk/aws-s3}.Bucket'],
        when: ({ args }) =>
          (args[2] === undefined ? '' : (fieldAt(args[2], 'encryption')?.name ?? '')).endsWith('UNENCRYPTED'),
      },
      {
        calls: ['{aws-cdk-lib/aws-sqs,@aws-cdk/aws-sqs}.Queue'],
        when: ({ args }) =>
          (args[2] === undefined ? '' : (fieldAt(args[2], 'encryption')?.name ?? '')).endsWith(
            'UNENCRYPTED',
          ) ||
          (lacks(args, 'encryption') && lacks(args, 'encryptionMasterKey')),
      },
      {
        calls: [
          '{aws-cdk-lib/aws-rds,@aws-cdk/aws-rds,aws-cdk-lib/aws-efs}.{DatabaseInstance,DatabaseCluster,FileSystem}',
        ],
        when: ({ args }) => has(args, 'storageEncrypted', false) || has(args, 'encrypted', false),
      },
    ],
    bad: ["import { Bucket } from 'aws-cdk-lib/aws-s3';\nnew Bucket(this, 'data', { versioned: true });"],
    good: ["import { Bucket } from 'aws-cdk-lib/aws-s3';\nnew Bucket(this, 'data', { enforceSSL: true });"],
  },
];
